"""The card that `new` begins with, for each kind: whole, so that it builds, and with comments that can go."""

SKELETONS = {
    "recall": """\
- id: {id}
  kind: recall
  level: easy                # easy, medium or hard
  question: What is asked?   # Markdown with $math$
  answer: What is answered, in a breath.
  # hint: A nudge that does not give it away.
  # explanation: Why it is so.
  # mistakes: [What people get wrong.]
  # source: Who says so.
  # reverse: true            # ask it the other way round too
""",
    "choice": """\
- id: {id}
  kind: choice
  level: easy                # easy, medium or hard
  question: What does this print?
  code: |
    print(6 * 7)
  answer: "42"               # or answers: [a, b] where several are right
  distractors:               # wrong, but tempting; as long as the right one
    - {{text: "67", why: That sets the digits side by side.}}
    - "13"
  # steps: [A worked solution, shown one by one.]
  # check: 6 * 7 = 42
  # verify: run              # the program's output must be the answer
  # shuffle: false
""",
    "code": """\
- id: {id}
  kind: code
  level: easy                # easy, medium or hard
  question: Sum the losses of an epoch.
  code: |                    # the whole program; the blanks are named below
    total = 0.0
    for loss in losses:
        total += loss
  blanks:                    # each must occur once, or say `line:` or `occurrence:`
    - {{text: "0.0", distractors: ["1.0", None], hint: what adds nothing}}
    - +=
  # ask: together            # one card that hides them all; `each` makes one for each
  # code-language: python
""",
    "cloze": """\
- id: {id}
  kind: cloze
  level: easy                # easy, medium or hard
  text: "A blank hides {{{{c1::a word}}}}, and may show {{{{c2::a hint::of what kind?}}}}."
""",
    "explain": """\
- id: {id}
  kind: explain
  level: medium              # easy, medium or hard
  question: Explain it in your own words.
  concepts:                  # the points that a good answer makes; the learner ticks them
    - the first point
    - the second point
  # answer: A model answer, in a breath.
""",
    "story": """\
- id: {id}
  kind: story
  level: easy                # easy, medium or hard
  question: Why does it matter?
  scenario: The scene, shown with the question.
  problem: What goes wrong in it.
  solution: What helps, and why.
  # before: How it was.
  # after: How it is then.
  # enables: What it makes possible.
  # example: A case from real life.
  # takeaways: [The one thing to keep.]
""",
}
