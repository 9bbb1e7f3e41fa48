import { m } from '#lib/paraglide/messages.js';

/** CodeMirror's own words, in the reader's language. */
export const phrases = (): Record<string, string> => ({
	Find: m.editor_phrase_find(),
	Replace: m.editor_phrase_replace(),
	next: m.editor_phrase_next(),
	previous: m.editor_phrase_previous(),
	all: m.editor_phrase_all(),
	'match case': m.editor_phrase_case(),
	'by word': m.editor_phrase_word(),
	regexp: m.editor_phrase_regexp(),
	replace: m.editor_phrase_replace_one(),
	'replace all': m.editor_phrase_replace_all(),
	close: m.editor_phrase_close(),
	'current match': m.editor_phrase_match(),
	Completions: m.editor_phrase_completions(),
	Diagnostics: m.editor_phrase_diagnostics(),
	'Fold line': m.editor_phrase_fold(),
	'Unfold line': m.editor_phrase_unfold(),
	'Folded lines': m.editor_phrase_folded(),
	'Unfolded lines': m.editor_phrase_unfolded(),
	'Go to line': m.editor_phrase_line(),
	go: m.editor_phrase_go()
});
