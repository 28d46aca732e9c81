"use strict";
// Charts and tables are made of what the page says already: without this script all numbers are there.
(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const charts = [];

  function numbers(table) {
    const labels = Array.from(table.tBodies[0].rows, (row) => row.cells[0].textContent);
    const lines = Array.from(table.tHead.rows[0].cells).slice(1).map((head, i) => ({
      name: head.textContent,
      values: Array.from(table.tBodies[0].rows, (row) => Number(row.cells[i + 1].dataset.value)),
    }));
    return { labels, lines };
  }

  function dataset(line, i, kind) {
    const hue = colour("--c" + (i % 7));
    const area = kind === "area";
    return {
      label: line.name, data: line.values, backgroundColor: area ? hue + "40" : hue, borderColor: hue,
      borderWidth: area ? 2 : 0, fill: area, tension: 0.2, pointRadius: 0, pointHitRadius: 12,
      maxBarThickness: 32,
    };
  }

  function draw(figure) {
    const kind = figure.dataset.chart;
    const { labels, lines } = numbers(figure.querySelector("table"));
    const stacked = kind === "stacked";
    const axis = { ticks: { color: colour("--soft"), maxRotation: 0, autoSkipPadding: 16 }, border: { display: false } };
    return new Chart(figure.querySelector("canvas"), {
      type: kind === "area" ? "line" : "bar",
      data: { labels, datasets: lines.map((line, i) => dataset(line, i, kind)) },
      options: {
        maintainAspectRatio: false,
        animation: calm ? false : { duration: 250 },
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { display: lines.length > 1, position: "bottom", labels: { color: colour("--soft"), boxWidth: 12, boxHeight: 12 } } },
        scales: {
          x: { ...axis, stacked, grid: { display: false } },
          y: { ...axis, stacked, beginAtZero: true, grid: { color: colour("--line") }, ticks: { ...axis.ticks, precision: 0 } },
        },
      },
    });
  }

  function drawAll() {
    charts.splice(0).forEach((chart) => chart.destroy());
    document.querySelectorAll("figure[data-chart]").forEach((figure) => {
      if (figure.querySelector("canvas")) charts.push(draw(figure));
    });
  }
  drawAll();
  dark.addEventListener("change", drawAll);

  // --- the users: few enough to be sorted here ---

  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    const heads = Array.from(table.tHead.rows[0].cells);
    const key = (row, i) => row.cells[i].dataset.order ?? row.cells[i].textContent;
    heads.forEach((head, i) => {
      const button = document.createElement("button");
      button.className = "sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const numeric = table.tBodies[0].rows[0]?.cells[i].dataset.order !== undefined;
        const before = head.getAttribute("aria-sort");
        const down = before === null ? numeric : before === "ascending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = Array.from(table.tBodies[0].rows).sort((a, b) =>
          (down ? -1 : 1) * (numeric ? key(a, i) - key(b, i) : key(a, i).localeCompare(key(b, i))));
        table.tBodies[0].append(...rows);
      });
    });
  });

  // --- the history: the server sorts, filters and pages ---

  const history = document.getElementById("history");
  if (!history) return;
  const problem = document.getElementById("history-problem");
  const zone = history.dataset.zone;
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  const text = DataTable.render.text().display;
  const shown = (show) => ({ display: (value) => (value === null ? "–" : show(value)), _: (value) => value });
  const duration = (seconds) => (seconds < 3600
    ? Math.round(seconds / 60) + " min"
    : Math.floor(seconds / 3600) + " h " + String(Math.round((seconds % 3600) / 60)).padStart(2, "0"));
  const label = (name, more) => (cell) => { cell.dataset.label = name; if (more) cell.classList.add(more); };

  DataTable.ext.errMode = "none";
  const table = new DataTable(history, {
    serverSide: true,
    processing: true,
    pageLength: 25,
    lengthMenu: [10, 25, 50, 100],
    searchDelay: 300,
    autoWidth: false,
    order: [[0, "desc"]],
    layout: { topStart: null, topEnd: null, bottomStart: ["info", "pageLength"], bottomEnd: "paging" },
    language: { emptyTable: "Nothing was played yet.", zeroRecords: "No session matches.", processing: "Looking…", info: "_START_ to _END_ of _TOTAL_", infoEmpty: "", infoFiltered: "(of _MAX_)", lengthMenu: "_MENU_ a page" },
    ajax: {
      url: history.dataset.source,
      error: (request) => {
        if (request.status === 401) { location.assign("/login"); return; }
        problem.textContent = "The rows could not be fetched. Load the page again.";
        problem.hidden = false;
      },
    },
    columns: [
      { data: "started", name: "started", render: shown((at) => text(time.format(new Date(at * 1000)))), createdCell: label("") },
      { data: "user", name: "user", render: shown(text), createdCell: label("") },
      { data: "title", name: "title", render: shown(text), createdCell: label("", "main") },
      { data: "kind", name: "kind", render: shown(text), createdCell: label("") },
      { data: "platform", name: "platform", render: shown(text), createdCell: label("") },
      { data: "player", name: "player", render: shown(text), createdCell: label("") },
      { data: "seconds", name: "seconds", searchable: false, className: "number", render: shown(duration), createdCell: label("Watched") },
      { data: "percent", name: "percent", searchable: false, className: "number", render: shown((of) => Math.round(of) + " %"), createdCell: label("Seen") },
    ],
  });
  table.on("xhr", () => { problem.hidden = true; });

  const filters = document.getElementById("filters");
  let waiting;
  const apply = () => {
    new FormData(filters).forEach((value, name) => table.column(name + ":name").search(value));
    table.draw();
  };
  filters.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 300); });
  filters.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  filters.addEventListener("reset", () => setTimeout(apply));
})();
