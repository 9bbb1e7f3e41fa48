import {
	acceptCompletion,
	autocompletion,
	closeBrackets,
	closeBracketsKeymap,
	completionKeymap,
	type CompletionContext,
	type CompletionResult
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { yamlFrontmatter, yamlLanguage } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorSelection, EditorState, Prec } from '@codemirror/state';
import {
	drawSelection,
	EditorView,
	highlightActiveLine,
	highlightActiveLineGutter,
	highlightSpecialChars,
	keymap,
	lineNumbers
} from '@codemirror/view';
import type { Fault } from '#lib/notebook/fault.ts';
import { offersAt, type KnownTables, type NotebookWords } from './completions.ts';
import { duckDb, sqlCompletion } from './duckdb-sql.ts';
import { editorLook } from './editor-look.ts';

/** A change that the page makes itself, of which it need not be told. */
const silent = Annotation.define<boolean>();
const differences = new Compartment();

export type SourceSettings = {
	/** A shadow root: the editor's rules go into it as constructed style sheets, which our policy allows. */
	root: ShadowRoot;
	text: string;
	/** What a screen reader calls the field; and CodeMirror's own words in the reader's language. */
	label: string;
	phrases: Readonly<Record<string, string>>;
	words: NotebookWords;
	tables: () => KnownTables;
	onChange: (text: string) => void;
	onLine: (line: number) => void;
	onRun: () => void;
	onSave: () => void;
	/** Opens the rows of the block at a line. */
	onData: (line: number) => void;
	/** The keyboard leaves the editor for the page. */
	onLeave: () => void;
};

/** Opens CodeMirror over the text of a notebook: Markdown, in whose fences SQL and YAML are read as such. */
export function openEditor(settings: SourceSettings) {
	const { root, text, label, phrases, words, tables } = settings;
	const lineOf = (view: EditorView) => view.state.doc.lineAt(view.state.selection.main.head).number;
	const doing = (act: (view: EditorView) => void) => (view: EditorView) => (act(view), true);
	const keys = [
		{ key: 'Mod-Enter', run: doing(() => settings.onRun()) },
		{ key: 'Mod-s', run: doing(() => settings.onSave()) },
		{ key: 'Alt-d', run: doing((view) => settings.onData(lineOf(view))) },
		{ key: 'Alt-p', run: doing(() => settings.onLeave()) },
		{ key: 'Tab', run: acceptCompletion }
	];
	const complete = (context: CompletionContext): CompletionResult | null => {
		const found = offersAt(context.state.sliceDoc(0, context.pos), words, tables());
		if (!found || found.offers.length === 0 || (found.back === 0 && !context.explicit && !opens(context)))
			return null;
		return {
			from: context.pos - found.back,
			options: found.offers.map(({ label: name, about, detail, apply }) => ({
				label: name,
				type: 'property',
				...(about && { info: about }),
				...(detail && { detail }),
				...(apply && { apply })
			})),
			validFor: /^[a-z0-9_]*$/
		};
	};
	const view = new EditorView({
		root,
		parent: root,
		state: EditorState.create({
			doc: text,
			extensions: [
				Prec.highest(keymap.of(keys)),
				lineNumbers(),
				highlightActiveLineGutter(),
				lintGutter(),
				foldGutter(),
				highlightSpecialChars(),
				history(),
				drawSelection(),
				indentOnInput(),
				indentUnit.of('  '),
				bracketMatching(),
				closeBrackets(),
				autocompletion({ activateOnTypingDelay: 60, icons: false }),
				highlightActiveLine(),
				overLines,
				highlightSelectionMatches(),
				EditorView.lineWrapping,
				EditorState.phrases.of(phrases),
				EditorView.contentAttributes.of({
					'aria-label': label,
					tabindex: '0',
					spellcheck: 'false',
					autocapitalize: 'off'
				}),
				yamlFrontmatter({
					content: markdown({ base: markdownLanguage, codeLanguages: languageOf, completeHTMLTags: false })
				}),
				duckDb.language.data.of({ closeBrackets: { brackets: ['(', '[', "'", '"'] } }),
				...sqlCompletion(tables).map((source) => duckDb.language.data.of({ autocomplete: source })),
				markdownLanguage.data.of({ autocomplete: complete }),
				yamlLanguage.data.of({ autocomplete: complete }),
				editorLook,
				differences.of([]),
				keymap.of([
					...closeBracketsKeymap,
					...completionKeymap,
					...searchKeymap,
					...historyKeymap,
					...foldKeymap,
					...lintKeymap,
					...defaultKeymap,
					indentWithTab
				]),
				EditorView.updateListener.of((update) => {
					const ours = update.transactions.some((each) => each.annotation(silent));
					if (update.docChanged && !ours) settings.onChange(update.state.doc.toString());
					if (update.selectionSet && !ours) settings.onLine(lineOf(update.view));
				})
			]
		})
	});
	return { ...actionsOf(view), destroy: () => view.destroy() };
}

export type SourceEditor = ReturnType<typeof openEditor>;

/**
 * Writes over a selection of several lines itself: Chrome would first join the lines, and give what it joins a style of
 * its own, which our policy refuses and the console tells.
 */
const overLines = EditorView.domEventHandlers({
	beforeinput(event, view) {
		const { from, to } = view.state.selection.main;
		const { doc } = view.state;
		if (event.inputType !== 'insertText' || event.data === null || view.composing) return false;
		if (doc.lineAt(from).number === doc.lineAt(to).number) return false;
		view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
		return true;
	}
});

/** After these a name follows, so that it is offered before its first letter. */
const opens = (context: CompletionContext) =>
	context.matchBefore(/[{.|]\s?|^(`{3,}|:{3,})\s?|(from|column|format):\s/) !== null;

/** What is written in a fence, by the word after its opening. */
function languageOf(info: string) {
	const [kind = ''] = info.split(/\s+/);
	if (kind === 'sql') return duckDb.language;
	return kind === 'include' ? null : yamlLanguage;
}

const unified = async (original: string) => {
	const { unifiedMergeView } = await import('@codemirror/merge');
	return unifiedMergeView({ original, mergeControls: false, allowInlineDiffs: true });
};

function actionsOf(view: EditorView) {
	const lineAt = (line: number) => view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
	return {
		text: () => view.state.doc.toString(),
		focus: () => view.focus(),
		/** Another text in place of this one, as one step that can be undone. */
		replace(text: string) {
			view.dispatch({
				changes: { from: 0, to: view.state.doc.length, insert: text },
				annotations: silent.of(true)
			});
		},
		/** What is chosen in the dictionary is written where the cursor is. */
		insert(text: string) {
			view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
			view.focus();
		},
		/** Shows what has changed since another text; or nothing of the kind any more. What does it is fetched when needed. */
		async compare(original: string | undefined) {
			const shown = original === undefined ? [] : await unified(original);
			view.dispatch({ effects: differences.reconfigure(shown) });
		},
		goTo(line: number) {
			const { from } = lineAt(line);
			view.dispatch({
				selection: EditorSelection.cursor(from),
				effects: EditorView.scrollIntoView(from, { y: 'center' }),
				annotations: silent.of(true)
			});
			view.focus();
		},
		setFaults(faults: readonly Fault[]) {
			const diagnostics = faults.map(({ line, message }): Diagnostic => {
				const { from, to, text } = lineAt(line);
				const indent = text.length - text.trimStart().length;
				return { from: from + (to > from ? indent : 0), to, severity: 'error', message };
			});
			view.dispatch(setDiagnostics(view.state, diagnostics));
		}
	};
}
