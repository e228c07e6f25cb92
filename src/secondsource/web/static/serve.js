"use strict";
(function () {
  const job = document.querySelector("#job[data-events]");
  if (!job) return;
  const stage = document.getElementById("stage");
  const count = document.getElementById("count");
  const bar = document.getElementById("bar");
  const events = new EventSource(job.dataset.events);

  events.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    stage.textContent = now.stage || now.state;
    count.textContent = now.total ? now.done + " of " + now.total : "";
    if (now.total) {
      bar.max = now.total;
      bar.value = now.done;
    } else {
      bar.removeAttribute("value");
    }
    if (now.state === "done" || now.state === "failed") {
      events.close();
      location.reload();
    }
  });
})();
