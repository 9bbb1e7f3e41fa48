import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const mono =
	'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** The editor in the site's own colours, which it inherits into its shadow. */
const theme = EditorView.theme({
	'&': { height: '100%', backgroundColor: 'var(--ground)', color: 'var(--ink)', fontSize: '0.84rem' },
	'&.cm-focused': { outline: 'none' },
	'.cm-scroller': { fontFamily: mono, lineHeight: '1.55' },
	'.cm-content': { caretColor: 'var(--ink)', paddingBlock: '8px 40vh' },
	'.cm-line': { paddingInline: '8px 16px' },
	'.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--ink-soft)', border: 'none' },
	'.cm-lineNumbers .cm-gutterElement': { minWidth: '2.4em', paddingInline: '4px 8px' },
	'.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--neutral-1) 70%, transparent)' },
	'.cm-activeLineGutter': { backgroundColor: 'var(--neutral-1)', color: 'var(--ink)' },
	'.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
	'&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
		backgroundColor: 'var(--heat-2) !important'
	},
	'.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
		backgroundColor: 'var(--accent-ground)',
		outline: 'none'
	},
	'.cm-foldPlaceholder': {
		border: '1px solid var(--rule)',
		background: 'var(--neutral-1)',
		color: 'var(--ink-soft)',
		padding: '0 6px'
	},
	'.cm-foldGutter': { width: '1em' },
	'.cm-tooltip': {
		border: '1px solid var(--rule-strong)',
		backgroundColor: 'var(--ground)',
		color: 'var(--ink)'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: mono, maxHeight: '16em' },
	'.cm-tooltip-autocomplete ul li[aria-selected]': {
		backgroundColor: 'var(--accent)',
		color: 'var(--ground)'
	},
	'.cm-completionDetail': { fontStyle: 'normal', opacity: '0.75' },
	'.cm-completionInfo': { fontFamily: 'var(--face)', maxWidth: '22rem', padding: '6px 10px' },
	'.cm-diagnostic': {
		fontFamily: 'var(--face)',
		padding: '4px 8px',
		whiteSpace: 'pre-wrap',
		maxWidth: '32rem'
	},
	'.cm-diagnostic-error': { borderInlineStart: '3px solid var(--attention)' },
	'.cm-lintRange-error': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--attention)',
		textDecorationThickness: '1px',
		textUnderlineOffset: '3px'
	},
	'.cm-lint-marker-error': { content: 'none' },
	'.cm-lint-marker': {
		width: '0.7em',
		height: '0.7em',
		borderRadius: '50%',
		backgroundColor: 'var(--attention)'
	},
	'.cm-gutter-lint': { width: '1em' },
	'.cm-panels': { backgroundColor: 'var(--neutral-1)', color: 'var(--ink)', fontFamily: 'var(--face)' },
	'.cm-panels.cm-panels-top, .cm-panels.cm-panels-bottom': { borderColor: 'var(--rule)' },
	'.cm-button': {
		border: '1px solid var(--accent)',
		borderRadius: '2px',
		background: 'none',
		color: 'var(--accent)',
		font: 'inherit'
	},
	'.cm-textfield': {
		border: '1px solid var(--rule-strong)',
		borderRadius: '2px',
		backgroundColor: 'var(--ground)',
		color: 'var(--ink)',
		font: 'inherit'
	},
	'.cm-searchMatch': { backgroundColor: 'var(--accent-ground)', outline: '1px solid var(--accent)' },
	'.cm-searchMatch-selected': { backgroundColor: 'var(--heat-3)' },
	'.cm-fence': { color: 'var(--accent)' }
});

const highlight = HighlightStyle.define([
	{
		tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword],
		color: 'var(--accent)',
		fontWeight: '600'
	},
	{ tag: [tags.string, tags.special(tags.string)], color: 'var(--attention)' },
	{ tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--attention)' },
	{ tag: [tags.meta, tags.processingInstruction], color: 'var(--ink-soft)' },
	{ tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
	{ tag: [tags.propertyName, tags.definition(tags.propertyName), tags.labelName], color: 'var(--accent)' },
	{ tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--accent)' },
	{ tag: tags.heading, fontWeight: '600' },
	{ tag: tags.strong, fontWeight: '600' },
	{ tag: tags.emphasis, fontStyle: 'italic' },
	{ tag: [tags.link, tags.url], color: 'var(--accent)', textDecoration: 'underline' }
]);

export const editorLook = [theme, syntaxHighlighting(highlight)];
