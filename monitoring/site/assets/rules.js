"use strict";
// Search: every word has to stand somewhere in the row; severities are chosen beside it.
(() => {
  const input = document.querySelector("#search");
  const count = document.querySelector("#found");
  const boxes = [...document.querySelectorAll("input[data-severity]")];
  const rows = [...document.querySelectorAll("tr[data-mark]")].map((row) => ({ row, text: row.textContent.toLowerCase() }));

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.severity));
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !severities.has(row.dataset.mark) || !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} rules`;
  }

  document.querySelector("#controls").hidden = false;
  input.addEventListener("input", search);
  boxes.forEach((box) => box.addEventListener("change", search));
  search();
})();
