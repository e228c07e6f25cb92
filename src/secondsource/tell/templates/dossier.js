"use strict";
(function () {
  const root = document.documentElement;
  const cards = Array.from(document.querySelectorAll(".card"));
  const marks = Array.from(document.querySelectorAll("a.claim"));
  if (!cards.length) return;
  root.classList.add("js");

  function open(place, focus) {
    const card = cards[place - 1];
    if (!card) return;
    cards.forEach((each) => each.classList.toggle("open", each === card));
    marks.forEach((mark) => {
      if (Number(mark.dataset.claim) === place) mark.setAttribute("aria-current", "true");
      else mark.removeAttribute("aria-current");
    });
    const panel = document.getElementById("evidence");
    const beside = getComputedStyle(panel).position === "sticky";
    if (beside) panel.scrollTop = 0;
    if (focus) card.querySelector("h3").focus({ preventScroll: beside });
    if (focus && beside) {
      const mark = marks.find((each) => Number(each.dataset.claim) === place);
      if (mark) mark.scrollIntoView({ block: "nearest" });
    }
  }

  function place(hash) {
    const found = /^#claim-(\d+)$/.exec(hash);
    return found ? Number(found[1]) : 0;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const back = Number(link.dataset.back);
    if (back) {
      const mark = marks.find((each) => Number(each.dataset.claim) === back);
      if (mark) { event.preventDefault(); mark.focus(); }
      return;
    }
    const wanted = place(link.getAttribute("href"));
    if (!wanted) return;
    event.preventDefault();
    history.replaceState(null, "", "#claim-" + wanted);
    open(wanted, true);
  });
  window.addEventListener("hashchange", () => open(place(location.hash), true));
  open(place(location.hash) || 1, Boolean(place(location.hash)));
})();
