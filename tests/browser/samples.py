"""Notes as the renderer makes them: one or two for each type, with every field that it may fill."""

LOOP = (
    '<pre class="ft-code"><code><span class="n">loss</span> <span class="o">=</span> '
    '<span class="mf">0.8</span>\n'
    '<span class="k">for</span> <span class="n">epoch</span> <span class="ow">in</span> '
    '<span class="nb">range</span><span class="p">(</span><span class="mi">3</span><span class="p">):</span>'
    '  <span class="c1"># three passes over the same small data set</span>\n'
    '    <span class="n">loss</span> <span class="o">*=</span> <span class="mf">0.7</span>\n'
    '<span class="nb">print</span><span class="p">(</span>'
    '<span class="nb">round</span><span class="p">(</span>'
    '<span class="n">loss</span><span class="p">,</span> <span class="mi">2</span><span class="p">))</span>'
    "</code></pre>"
)

FOOT = {
    "Source": 'Hu et al., <a href="https://arxiv.org/abs/2106.09685">LoRA</a>, 2021',
    "Level": "medium",
    "Id": "loss-after-three-epochs",
    "Report": "https://example.org/issues/new?title=loss-after-three-epochs&amp;labels=card",
}

RECALL_NOTE = {
    "Question": "<p>A model was tuned hard on contracts and can no longer chat. What happened?</p>",
    "Answer": (
        "<p><strong>Catastrophic forgetting</strong>: the new data's gradients moved weights that the "
        "old skill needed, and nothing in the loss pulled them back.</p>"
    ),
    "Hint": "<p>The loss saw one kind of text only.</p>",
    "Explanation": (
        "<p>Mixing some general data into each batch, a small learning rate or an adapter such as LoRA "
        "(<code>r=8</code>) limits the damage.</p>"
    ),
    "Mistakes": (
        '<ul class="ft-list"><li>Calling it over-fitting: the contracts it never saw may go well.</li>'
        "<li>Thinking that more contracts would help.</li></ul>"
    ),
    **FOOT,
}

EXPLAIN_NOTE = {
    "Question": "<p>Describe what over-tuning on a small data set does.</p>",
    "Context": "<table><thead><tr><th>epoch</th><th>training loss</th><th>validation loss</th></tr></thead>"
    "<tbody><tr><td>1</td><td>1.10</td><td>1.21</td></tr><tr><td>9</td><td>0.04</td><td>2.36</td></tr></tbody></table>",
    "Concepts": '<ul class="ft-concepts">'
    + "".join(
        f'<li><label><input type="checkbox"><span>{point}</span></label></li>'
        for point in (
            "it memorises the examples",
            "general skill is lost",
            "validation loss rises while <em>training</em> loss falls",
            "its answers sound alike, whatever was asked, and longer than a line on a narrow screen allows",
        )
    )
    + "</ul>",
    "Answer": "<p>The model learns the examples by heart instead of the task.</p>",
    **FOOT,
}


def choice_note(right: tuple[int, ...] = (1,), *, shuffle: bool = True, options: int = 4) -> dict[str, str]:
    """A choice note whose options are in the author's order; `right` are the places of the right ones."""
    texts = ["0.41", "0.27", "0.56", "0.34", "0.8", "0.06", "0.49", "0.19"][:options]
    reasons = ["", "", "<p>That is the loss after <strong>one</strong> epoch.</p>", "A decay too few."] + [""] * 4
    shown = "".join(f"<li>{text}</li>" for text in texts)
    keys = "".join(
        f'<li data-right="1">{reasons[at]}</li>' if at in right else f"<li>{reasons[at]}</li>" for at in range(options)
    )
    return {
        "Question": "<p>What does this print?</p>",
        "Context": LOOP,
        "Options": f'<ol class="ft-options" data-shuffle="{int(shuffle)}" data-right="{len(right)}">{shown}</ol>',
        "Key": f'<ol class="ft-key">{keys}</ol><p class="ft-correct">Correct: '
        f"<span>{', '.join(texts[at] for at in right)}</span></p>",
        "Steps": '<details class="ft-step"><summary>Show step 1 of 2</summary>'
        "<div><p>After each epoch 0.56, 0.392, 0.2744.</p></div>"
        '<details class="ft-step"><summary>Show step 2 of 2</summary>'
        "<div><p>Rounded to two places 0.27.</p></div></details></details>",
        "Check": "<p>three decays of 0.8 by 0.7 = 0.27</p>",
        "Hint": "<p>Multiply, do not subtract.</p>",
        "Explanation": "<p>Each pass keeps seven tenths of the loss.</p>",
        "Mistakes": '<ul class="ft-list"><li>Stopping after two passes.</li></ul>',
        **FOOT,
    }


CODE_NOTE = {
    "Title": "Put the three calls of a training step in order.",
    "Prompt": "<p>Put the three calls of a training step in order.</p>",
    "Text": (
        '<pre class="ft-code"><code><span class="k">for</span> <span class="n">batch</span> '
        '<span class="ow">in</span> <span class="n">loader</span><span>:</span>\n'
        '    <span class="n">optimizer</span><span class="o">.</span>'
        '{{c1::<span class="n">zero_grad</span>}}()\n'
        '    <span class="n">loss</span> <span class="o">=</span> <span class="n">model</span>(**batch)'
        "<span>.</span>"
        '<span class="n">loss</span>  <span class="c1"># a long remark that no narrow screen can show '
        "without scrolling its own box</span>\n"
        '    <span class="n">loss</span><span class="o">.</span>{{c2::<span class="n">backward</span>'
        "::fills the .grad fields}}()\n"
        '    <span class="n">optimizer</span><span class="o">.</span>{{c3::<span class="n">step</span>()\n'
        '    <span class="nb">print</span>(<span class="s2">"done"</span>)}}</code></pre>'
    ),
    "Options": "".join(
        f'<div class="ft-chips ft-b{number}">'
        + "".join(f'<span class="ft-chip"><code>{word}</code></span>' for word in words)
        + "</div>"
        for number, words in ((1, ("zero_grad", "step")), (2, ("backward", "forward", "detach")))
    ),
    "Hint": "<p>Old gradients first.</p>",
    "Explanation": "<p>Gradients add up until they are cleared.</p>",
    "Mistakes": '<ul class="ft-list"><li>Clearing after <code>backward</code>.</li></ul>',
    **FOOT,
}

CLOZE_NOTE = {
    "Title": "LoRA freezes W and learns two low-rank factors.",
    "Text": (
        "<p>LoRA freezes the weights and learns {{c1::two low-rank factors::how many, of what kind?}} whose "
        "{{c2::product is {{c3::added}} to}} them.</p>"
    ),
    **FOOT,
    "Level": "easy",
}
