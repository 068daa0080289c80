(function () {
  "use strict";
  // Both sides of a choice card run this. The front draws the order and keeps it, with the picks, under one
  // key for the session; the back reads them. A hash of the content keeps one card from reading another's.
  var KEY = "ft-choice";
  var card = document.querySelector(".ft-choice");
  var list = card && card.querySelector(".ft-options");
  if (!list) return;
  var options = Array.prototype.slice.call(list.children);
  var wanted = Number(list.getAttribute("data-right")) || 1;
  var content = card.querySelector(".ft-question").textContent + "\n" + list.textContent;
  var hash = fnv1a(content);

  function fnv1a(text) {
    var value = 0x811c9dc5;
    for (var i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return value >>> 0;
  }

  function load() {
    try {
      var kept = JSON.parse(sessionStorage.getItem(KEY));
      return kept && kept.hash === hash && Array.isArray(kept.picks) ? kept : null;
    } catch (denied) {
      return null;
    }
  }

  function save(state) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(state));
      return true;
    } catch (denied) {
      return false;
    }
  }

  // Without storage both sides of one day agree on this; what was picked is then unknown on the back.
  function fallback() {
    return { hash: hash, seed: fnv1a(content + new Date().toDateString()), picks: null };
  }

  function fresh() {
    var state = { hash: hash, seed: Math.floor(Math.random() * 0x100000000), picks: [] };
    if (save(state)) return state;
    state.seed = fallback().seed;
    return state;
  }

  // Fisher and Yates' shuffle; the dice are Marsaglia's xorshift32.
  function shuffle(seed) {
    var dice = seed || 1;
    for (var last = options.length - 1; last > 0; last--) {
      dice ^= dice << 13;
      dice ^= dice >>> 17;
      dice ^= dice << 5;
      var other = (dice >>> 0) % (last + 1);
      var held = order[last];
      order[last] = order[other];
      order[other] = held;
    }
  }

  function ask(state) {
    list.setAttribute("role", wanted === 1 ? "radiogroup" : "listbox");
    if (wanted > 1) list.setAttribute("aria-multiselectable", "true");
    list.setAttribute("aria-label", wanted === 1 ? "Pick one" : "Pick " + wanted);
    options.forEach(function (option, index) {
      option.setAttribute("role", wanted === 1 ? "radio" : "option");
      option.setAttribute("tabindex", "0");
      option.addEventListener("click", function (event) {
        if (!event.target.closest("a")) pick(state, index);
      });
      option.addEventListener("keydown", function (event) {
        if (event.target !== option || (event.key !== " " && event.key !== "Enter")) return;
        event.preventDefault();
        event.stopPropagation();
        if (!event.repeat) pick(state, index);
      });
    });
    showPicks(state);
  }

  function pick(state, index) {
    var at = state.picks.indexOf(index);
    if (wanted === 1) state.picks = [index];
    else if (at < 0) state.picks.push(index);
    else state.picks.splice(at, 1);
    save(state);
    showPicks(state);
  }

  function showPicks(state) {
    options.forEach(function (option, index) {
      option.setAttribute("aria-checked", String(state.picks.indexOf(index) >= 0));
    });
  }

  function answer(state) {
    var found = 0;
    var wrong = 0;
    var keys = card.querySelectorAll(".ft-key > li");
    options.forEach(function (option, index) {
      var right = keys[index].getAttribute("data-right") === "1";
      var picked = state.picks !== null && state.picks.indexOf(index) >= 0;
      if (picked && right) found++;
      if (picked && !right) wrong++;
      mark(option, right, picked, state.picks && state.picks.length);
      explain(option, keys[index]);
    });
    if (state.picks) say(verdict(state.picks.length, found, wrong));
  }

  function mark(option, right, picked, tried) {
    if (!right && !picked) return;
    var word = picked ? (right ? "Right" : "Wrong") : tried && wanted > 1 ? "Missed" : "Answer";
    var tag = document.createElement("span");
    tag.className = "ft-tag";
    tag.textContent = word;
    option.insertBefore(tag, option.firstChild);
    option.classList.add("ft-" + word.toLowerCase());
  }

  function explain(option, key) {
    if (!key.textContent.trim() && !key.children.length) return;
    var reason = document.createElement("div");
    reason.className = "ft-reason";
    while (key.firstChild) reason.appendChild(key.firstChild);
    option.appendChild(reason);
  }

  function verdict(picked, found, wrong) {
    if (!picked) return { words: "Nothing picked", sort: "ft-none" };
    if (found === wanted && !wrong) return { words: "Right", sort: "ft-yes" };
    var tally = wanted === 1 ? "" : ": " + found + " of " + wanted;
    var excess = found === wanted ? ", and " + wrong + " wrong" : "";
    return { words: "Not quite" + tally + excess, sort: "ft-no" };
  }

  function say(judged) {
    var line = document.createElement("p");
    line.className = "ft-verdict " + judged.sort;
    line.setAttribute("role", "status");
    line.textContent = judged.words;
    list.parentNode.insertBefore(line, list);
  }

  var answered = card.classList.contains("ft-back");
  var state = answered ? load() || fallback() : fresh();
  var order = options.map(function (_option, index) { return index; });
  if (list.getAttribute("data-shuffle") === "1") shuffle(state.seed);
  order.forEach(function (index) {
    options[index].classList.add("tappable");
    list.appendChild(options[index]);
  });
  (answered ? answer : ask)(state);
  card.classList.add("ft-live");
})();
