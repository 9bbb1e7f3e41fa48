import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#lib/server/definition/project-root.ts';

let kept: string | undefined;

/**
 * What a file of its own looks like, with its face in it; on a page of the app the same classes are styled by
 * NotebookPage.svelte.
 */
export function documentStyle(): string {
	kept ??= faces.map(face).join('') + style;
	return kept;
}

const faces = [
	{ file: 'regular', weight: 400, slant: 'normal' },
	{ file: 'semibold', weight: 600, slant: 'normal' },
	{ file: 'italic', weight: 400, slant: 'italic' }
];

function face({ file, weight, slant }: (typeof faces)[number]): string {
	const bytes = readFileSync(join(projectRoot(), 'src/fonts', `${file}.woff2`));
	return `@font-face{font-family:'Bortfall Sans';font-weight:${weight};font-style:${slant};src:url(data:font/woff2;base64,${bytes.toString('base64')}) format('woff2')}`;
}

const style = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1c1c21;--ink-soft:#5f5e5a;--rule:#dedad1;--accent:#0a5f7a;--attention:#b3400e;--attention-ground:#fbeee6;--neutral-1:#f3f1ec;--neutral-2:#e4e1d9;--neutral-3:#c9c6bd;--neutral-4:#a09d95;--neutral-5:#6b6a66;--heat-1:#eef5f7;--heat-2:#cfe3ea;--heat-3:#a3cbd8;--heat-4:#6ba9bd;--heat-5:#38839c;--heat-6:#0a5f7a;--category-2:#c68516;--category-3:#7487f2;--category-4:#721627;--category-5:#6d6610;--category-6:#289b9b}
@media (prefers-color-scheme:dark){@media not print{:root{--ground:#16171a;--ink:#e8e6e1;--ink-soft:#a8a6a0;--rule:#33343a;--accent:#6cc0da;--attention:#ff9d66;--attention-ground:#3a2417;--neutral-1:#1f2024;--neutral-2:#2c2d32;--neutral-3:#45464c;--neutral-4:#6d6e74;--neutral-5:#a09f9b;--heat-1:#16242a;--heat-2:#173642;--heat-3:#1d4f61;--heat-4:#2c7089;--heat-5:#4696b2;--heat-6:#6cc0da;--category-2:#f0dd65;--category-3:#5d7de5;--category-4:#bc6794;--category-5:#9a781b;--category-6:#f39a72}}}
html{background:var(--ground);color:var(--ink);font:17px/1.45 'Bortfall Sans','Source Sans 3',system-ui,sans-serif}
body{margin:0;overflow-wrap:break-word}.report{max-width:56rem;margin:0 auto;padding:2rem 1.5rem}
h1,h2,h3{line-height:1.2;font-weight:600}h1{font-size:2.2rem;margin:0}h2{margin:2.5rem 0 .5rem;font-size:1.3rem}h3,caption{font-size:1rem;font-weight:600;text-align:start;margin:1.5rem 0 .5rem}
p,ul,ol,blockquote{max-width:70ch}a{color:var(--accent)}.overline{margin:0;color:var(--accent);font-weight:600;font-size:.86rem}.subtitle{margin:.25rem 0 0;color:var(--ink-soft)}.report-head{padding-block-end:1rem;border-block-end:1px solid var(--ink)}
.lead{font-size:1.2rem}.note,figcaption,summary,small,.footnotes{color:var(--ink-soft);font-size:.86rem}figure{margin:0;container-type:inline-size}figure svg{max-width:100%;height:auto;overflow:visible}.narrow{display:none}@container (max-width:30rem){.broad{display:none}.narrow{display:block}}
blockquote{margin:1rem 0;padding-inline-start:1rem;border-inline-start:3px solid var(--rule)}code{font-family:ui-monospace,monospace;font-size:.9em}pre{overflow-x:auto;padding:.75rem 1rem;background:var(--neutral-1);font-size:.86rem}hr{border:0;border-block-start:1px solid var(--rule);margin-block:2rem}sup{font-size:.7em;line-height:0}sup a{text-decoration:none}.footnotes{margin-block-start:2.5rem;border-block-start:1px solid var(--rule)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1.5rem}.cards>div{border-block-start:2px solid var(--ink);padding-block-start:.5rem}.cards .marked{border-color:var(--attention)}.cards dt{color:var(--ink-soft);font-size:.86rem}.cards dd{margin:0;font-size:1.6rem;font-weight:600}.cards .marked dd:not(.note){color:var(--attention)}.cards dd.note{font-size:.86rem;font-weight:400}
.wide{position:relative;overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin-block:1rem}.dense{font-size:.9rem}th,td{padding:.3rem 1rem .3rem 0;border-block-end:1px solid var(--rule);text-align:start;vertical-align:baseline;font-weight:400}thead th{border-color:var(--ink);color:var(--ink-soft);font-size:.86rem;vertical-align:bottom}.number{text-align:end;white-space:nowrap}.centre{text-align:center}.tight{white-space:nowrap}
tfoot th,tfoot td{border-block:1px solid var(--ink);font-weight:600}.barred{display:flex;justify-content:space-between;align-items:center;gap:.6rem;margin-inline-start:.5rem}.barred svg{flex:none}
.heat{padding-inline:.5rem;print-color-adjust:exact}.heat-1{background:var(--heat-1)}.heat-2{background:var(--heat-2)}.heat-3{background:var(--heat-3)}.heat-4{background:var(--heat-4)}.heat-5{background:var(--heat-6);color:var(--ground)}
@media (prefers-color-scheme:dark){@media not print{.heat-4{background:var(--heat-5);color:var(--ground)}}}
.fault{padding:.5rem 1rem;border-inline-start:3px solid var(--attention);background:var(--attention-ground)}
.mark::before{content:'● ';color:var(--attention)}.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media print{details{display:none}tr,figure{break-inside:avoid}h2,h3,caption{break-after:avoid}}
`.trim();
