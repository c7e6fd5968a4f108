// Draws the charts of a page; drawn again with new data, a chart keeps its place.
const reloraCharts = (() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paper = matchMedia("print");
  const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const theme = () => ({
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    "font.color": of("--text"),
    "modebar.bgcolor": "rgba(0,0,0,0)",
    "modebar.color": of("--soft"),
    "modebar.activecolor": of("--text"),
    ...Object.fromEntries(
      ["xaxis", "yaxis"].flatMap((axis) =>
        ["gridcolor", "zerolinecolor", "linecolor"].map((key) => [`${axis}.${key}`, of("--line")])
      )
    ),
    "hoverlabel.bgcolor": of("--card"),
    "hoverlabel.bordercolor": of("--line"),
    "hoverlabel.font.color": of("--text"),
  });
  const charts = new Set();
  const draw = () => {
    charts.clear();
    for (const data of document.querySelectorAll("script.chart-data")) {
      const chart = document.getElementById(data.dataset.chart);
      const figure = JSON.parse(data.textContent);
      const layout = {
        ...figure.layout,
        autosize: true,
        height: undefined,
        margin: { l: 60, r: 16, t: 64, b: 48 },
        font: { size: 13 },
        legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
        hovermode: "closest",
        // What was zoomed or hidden stays so when new data comes.
        uirevision: "same",
      };
      charts.add(chart);
      chart.style.height = `${figure.layout.height ?? 420}px`;
      Plotly.react(chart, figure.data, layout, { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d"] }).then(() =>
        Plotly.relayout(chart, theme())
      );
    }
  };
  const again = () => charts.forEach((chart) => Plotly.relayout(chart, theme()).then(() => Plotly.Plots.resize(chart)));
  dark.addEventListener("change", again);
  // Paper is white and has another width, whatever the screen is.
  paper.addEventListener("change", again);
  draw();
  return { draw };
})();
