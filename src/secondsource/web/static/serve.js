"use strict";
(function () {
  const job = document.querySelector("#job[data-events]");
  if (!job) return;
  const stage = document.getElementById("stage");
  const count = document.getElementById("count");
  const bar = document.getElementById("bar");
  const stages = JSON.parse(job.dataset.stages);
  const events = new EventSource(job.dataset.events);

  events.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    const name = now.stage || now.state;
    stage.textContent = stages[name] || name;
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
