// Asks for the cells every two seconds, and for the report where a log has grown.
(() => {
  const cells = document.querySelector("#cells tbody");
  const said = document.getElementById("said");
  const report = document.getElementById("report");
  const order = ["failed", "running", "stopped", "new", "paused", "finished"];
  let revision = "";
  const duration = (seconds) =>
    seconds >= 3600 ? `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min` : seconds >= 60 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds)} s`;
  const number = (value) => (typeof value === "number" ? value : NaN);
  const show = (state) => {
    cells.replaceChildren(
      ...[...state.cells].sort((left, right) => order.indexOf(left.state) - order.indexOf(right.state)).map((cell) => {
        const row = document.createElement("tr");
        const bar = document.createElement("progress");
        bar.max = Math.max(1, cell.steps);
        bar.value = cell.step;
        bar.setAttribute("aria-label", `${cell.label}: step ${cell.step} of ${cell.steps}`);
        const loss = number(cell.loss);
        const left = number(cell.seconds_left);
        const texts = [
          cell.label,
          cell.state,
          bar,
          cell.steps > 0 ? `${cell.step} of ${cell.steps}` : "",
          Number.isFinite(loss) ? loss.toFixed(4) : "",
          cell.state === "running" && Number.isFinite(left) ? duration(left) : "",
          cell.message,
        ];
        row.append(
          ...texts.map((text) => {
            const place = document.createElement("td");
            place.append(text);
            return place;
          })
        );
        return row;
      })
    );
    const count = (kind) => state.cells.filter((cell) => cell.state === kind).length;
    said.textContent = `${count("finished")} of ${state.cells.length} cells finished, ${count("running")} running, ${count("failed")} failed.`;
  };
  const swap = (html) => {
    const next = document.createElement("template");
    next.innerHTML = html;
    for (const chart of next.content.querySelectorAll(".chart")) {
      const drawn = document.getElementById(chart.id);
      if (drawn) chart.replaceWith(drawn);
    }
    for (const details of next.content.querySelectorAll("details")) details.open = document.getElementById(details.id)?.open ?? false;
    report.replaceChildren(next.content);
    reloraCharts.draw();
  };
  const text = async (path) => {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.text();
  };
  const look = async () => {
    try {
      const state = JSON.parse(await text("state"));
      show(state);
      if (state.revision !== revision) {
        swap(await text("body"));
        revision = state.revision;
      }
    } catch (fault) {
      said.textContent =
        fault instanceof TypeError ? "relora watch has ended; the runs may go on. Start it again to see them." : fault.message;
    }
    setTimeout(look, 2000);
  };
  look();
})();
