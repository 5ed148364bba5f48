/* The search field: finds in what search-index.js lists, without a server. */
(function () {
  "use strict";
  var field = document.getElementById("search");
  var list = document.getElementById("found");
  var root = document.documentElement.dataset.root;
  var weight = { table: 5, metric: 4, page: 3, rule: 3, key: 6, column: 1 };
  var most = 20;

  function score(entry, words) {
    var name = entry.name.toLowerCase();
    var bare = name.replace(/[._]/g, " ");
    var also = entry.words.toLowerCase();
    var text = entry.text.toLowerCase();
    var sum = 0;
    for (var i = 0; i < words.length; i++) {
      var word = words[i];
      if (name === word) { sum += 60; }
      else if (name.endsWith("." + word)) { sum += 40; }
      else if (name.indexOf(word) === 0) { sum += 30; }
      else if (name.indexOf(word) >= 0 || bare.indexOf(word) >= 0) { sum += 18; }
      else if ((" " + also).indexOf(" " + word) >= 0) { sum += 25; }
      else if ((" " + text).indexOf(" " + word) >= 0) { sum += 5; }
      else { return 0; }
    }
    if (also && (" " + also + " ").indexOf(" " + words.join(" ")) >= 0) { sum += 40; }
    return sum + weight[entry.kind];
  }

  function show() {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.replaceChildren();
    var found = words.length ? window.SEARCH_INDEX
      .map(function (entry) { return { entry: entry, score: score(entry, words) }; })
      .filter(function (each) { return each.score > 0; })
      .sort(function (a, b) { return b.score - a.score || (a.entry.name < b.entry.name ? -1 : 1); })
      .slice(0, most) : [];
    found.forEach(function (each) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      var kind = document.createElement("em");
      var text = document.createElement("span");
      link.href = root + each.entry.address;
      kind.textContent = each.entry.kind;
      var said = each.entry.text;
      text.textContent = said.length > 140 ? said.slice(0, 140).replace(/\s+\S*$/, " …") : said;
      link.append(kind, each.entry.name, text);
      item.append(link);
      list.append(item);
    });
    if (words.length && !found.length) {
      var none = document.createElement("li");
      none.textContent = "Nothing found. Try a word of Gladly, such as contact, inbox or fulfilled.";
      list.append(none);
    }
    list.hidden = !words.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  function move(step) {
    var links = Array.prototype.slice.call(list.querySelectorAll("a"));
    if (!links.length) { return; }
    var at = links.findIndex(function (link) { return link.classList.contains("chosen"); });
    if (at >= 0) { links[at].classList.remove("chosen"); }
    links[(at + step + links.length) % links.length].classList.add("chosen");
  }

  field.addEventListener("input", show);
  field.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { move(1); event.preventDefault(); }
    if (event.key === "ArrowUp") { move(-1); event.preventDefault(); }
    if (event.key === "Escape") { field.value = ""; show(); }
    if (event.key === "Enter") {
      var link = list.querySelector("a.chosen") || list.querySelector("a");
      if (link) { window.location.href = link.href; list.hidden = true; }
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement.tagName !== "INPUT") { field.focus(); event.preventDefault(); }
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest(".search")) { list.hidden = true; }
  });
}());
