// Some browsers no longer treat a table as a table when it is shown row by row; explicit roles keep it one for screen readers.
(() => {
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
  for (const table of document.querySelectorAll("table.rows")) {
    table.setAttribute("role", "table");
    for (const [part, role] of Object.entries(roles)) for (const element of table.querySelectorAll(part)) element.setAttribute("role", role);
  }
})();
