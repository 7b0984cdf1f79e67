"""How an exam looks in a browser and on paper."""

STYLE = """
@page { size: PAGE; margin: 18mm 18mm 20mm; }
* { box-sizing: border-box; }
html { color: #000; background: #fff; overflow-wrap: anywhere; }
body {
  margin: 0 auto; padding: 1rem; max-width: 178mm;
  font: 11pt/1.4 "Libertinus Serif", "Noto Serif", Georgia, serif;
}
h1 { margin: 0 0 .2em; font-size: 17pt; line-height: 1.2; }
h2 { margin: 1.2em 0 .3em; font-size: 13pt; break-after: avoid; }
h3 { margin: 0; font-size: 11pt; break-after: avoid; }
p { margin: 0 0 .4em; orphans: 3; widows: 3; }
.part + .part { break-before: page; }
.names { display: flex; flex-wrap: wrap; gap: .3em 2em; margin: .6em 0; }
.names span { flex: 1 1 40%; border-bottom: 1px solid #000; padding-top: .9em; }
.lead { margin-bottom: 1em; padding-bottom: .6em; border-bottom: 1.5px solid #000; }
.entry { position: relative; margin: 0 0 1.1em; padding-left: 2.6em; break-inside: avoid; }
.entry h3 { position: absolute; left: 0; }
.told { font-style: italic; }
.vignette { margin: 0 0 1em; padding: .5em .8em; border: 1px solid #000; break-inside: avoid; break-after: avoid; }
.vignette h3 { margin-bottom: .2em; }
dl { display: grid; grid-template-columns: 1.9em 1fr; margin: .3em 0 .5em; }
dd { min-width: 0; }
dt { font-weight: bold; } dd { margin: 0 0 .15em; }
figure { margin: .5em 0; break-inside: avoid; }
figure svg, figure img { display: block; max-width: 100%; max-height: 105mm; height: auto; }
figcaption { font-size: 9pt; }
.rows { columns: 2; column-gap: 10mm; }
.row { display: grid; grid-template-columns: 2.4em 1fr; align-items: start; break-inside: avoid; margin-bottom: .55em; }
.fields > div { display: flex; flex-wrap: wrap; gap: 1.1mm; align-items: center; margin-bottom: 1mm; }
.fields .name { min-width: 1.4em; }
.mark, .box {
  display: inline-block; width: 5.2mm; height: 5.2mm; border: 1px solid #000; text-align: center;
  font: 8pt/5mm "DejaVu Sans", Arial, sans-serif;
}
.mark { border-radius: 50%; }
.line { flex: 1; min-height: 7mm; border-bottom: 1px solid #000; }
.full { flex-basis: 100%; }
table { width: 100%; border-collapse: collapse; font-size: 10pt; }
caption { text-align: left; font-weight: bold; padding-bottom: .3em; }
th, td {
  text-align: left; vertical-align: top; padding: .18em .8em .18em 0; border-bottom: 1px solid #999;
  overflow-wrap: anywhere;
}
.number { white-space: nowrap; width: 4.5em; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.small { font-size: 9.5pt; }
@media print { body { padding: 0; max-width: none; } }
@media screen { .part + .part { margin-top: 3rem; padding-top: 2rem; border-top: 3px double #000; } }
"""
