"""How the page looks: light or dark as the reader's system is, and on paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --page: #fbfaf6; --card: #f2f1ee; --line: #cfccc5; --faint: #716d64; --muted: #59626a; --text: #1f262c;
  --accent: #0b6377; --dim: #5c9ba7; --ghost: #b5b1a8; --amber: #815500; --wrong: #a32020;
  --heat0: #e6e4df; --heat1: #b3d7dc; --heat2: #7fb7c1; --heat3: #3f8c9b; --heat4: #0b6377;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --card: #1d2226; --line: #343a41; --faint: #8a949e; --muted: #99a4af; --text: #dbe0e5;
    --accent: #7ccbda; --dim: #41808f; --ghost: #4d555d; --amber: #e8b964; --wrong: #f09385;
    --heat0: #21262b; --heat1: #23505c; --heat2: #2f7182; --heat3: #4a9fb2; --heat4: #86d4e2;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 60rem; padding: 1.5rem 1.25rem 3rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 0 0 .25rem; font-size: 1.2rem; }
h3 { margin: 1rem 0 .25rem; font-size: 1rem; }
p { margin: .25rem 0 .75rem; max-width: 44rem; }
.aside { color: var(--muted); }
.warn { color: var(--amber); }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.numbers b { display: block; font-size: 1.35rem; line-height: 1.2; color: var(--accent); }
.numbers span { color: var(--muted); font-size: .9rem; }
section { margin: 1rem 0; padding: 1rem 1.25rem; background: var(--card); border-radius: .5rem; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem 1.5rem; align-items: start; }
.wide { display: block; }
figure { margin: 0; overflow-x: auto; }
svg { display: block; width: 100%; height: auto; font: 13px system-ui, sans-serif; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); }
th { text-align: left; font-weight: 600; color: var(--muted); }
th, td { padding: .2rem .5rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody th { font-weight: 400; color: var(--text); }
.number { text-align: right; }
td.number { white-space: nowrap; }
.name { fill: var(--text); } .axis { fill: var(--faint); font-size: 12px; } .value { fill: var(--text); }
.grid { stroke: var(--line); stroke-width: 1; } .rail { stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; }
.spread { stroke: var(--dim); stroke-width: 6; stroke-linecap: round; } .you { fill: var(--accent); }
.expected { fill: var(--page); stroke: var(--text); stroke-width: 1.5; } .chance { stroke: var(--muted); }
.done { fill: var(--dim); } .coming { fill: var(--ghost); }
.course { fill: none; stroke: var(--accent); stroke-width: 2; }
.under { fill: var(--dim); opacity: .25; } .same { stroke: var(--ghost); stroke-dasharray: 4 4; }
.heat0 { fill: var(--heat0); } .heat1 { fill: var(--heat1); } .heat2 { fill: var(--heat2); }
.heat3 { fill: var(--heat3); } .heat4 { fill: var(--heat4); }
footer { margin-top: 2rem; color: var(--muted); font-size: .9rem; }
@media (max-width: 44rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --card: #ffffff; --line: #bbbbbb; --faint: #555555; --muted: #444444; --text: #000000;
    --accent: #0b6377; --dim: #5c9ba7; --ghost: #b5b1a8; --amber: #815500; --wrong: #a32020;
    --heat0: #e6e4df; --heat1: #b3d7dc; --heat2: #7fb7c1; --heat3: #3f8c9b; --heat4: #0b6377;
  }
  @page { margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  section { margin: 0 0 6mm; padding: 0 0 3mm; border-radius: 0; border-bottom: 1px solid var(--line); }
  section, figure, p, tr, .numbers li { break-inside: avoid; }
  section.long { break-inside: auto; }
  h2, h3, caption, .aside { break-after: avoid; }
  table { font-size: 8.5pt; }
  th, td { padding: 1pt 4pt 1pt 0; }
  thead { display: table-header-group; }
}
"""
