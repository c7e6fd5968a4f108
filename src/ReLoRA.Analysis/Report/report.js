(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const theme = () => ({
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    "font.color": of("--text"),
    ...Object.fromEntries(
      ["xaxis", "yaxis"].flatMap((axis) =>
        ["gridcolor", "zerolinecolor", "linecolor"].map((key) => [`${axis}.${key}`, of("--line")])
      )
    ),
    "hoverlabel.bgcolor": of("--card"),
    "hoverlabel.bordercolor": of("--line"),
    "hoverlabel.font.color": of("--text"),
  });
  const charts = [...document.querySelectorAll("script.chart-data")].map((data) => {
    const chart = document.getElementById(data.dataset.chart);
    const figure = JSON.parse(data.textContent);
    const layout = {
      ...figure.layout,
      autosize: true,
      margin: { l: 60, r: 16, t: 12, b: 48 },
      font: { size: 13 },
      legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
      hovermode: "closest",
    };
    Plotly.newPlot(chart, figure.data, layout, { responsive: true, displaylogo: false }).then(() =>
      Plotly.relayout(chart, theme())
    );
    return chart;
  });
  dark.addEventListener("change", () => charts.forEach((chart) => Plotly.relayout(chart, theme())));
})();
