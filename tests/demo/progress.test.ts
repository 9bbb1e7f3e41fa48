import { expect, test } from 'vitest';
import { createProgress } from '../../scripts/demo/progress.ts';

function shown(isTTY: boolean) {
	let text = '';
	let clock = 0;
	const output = { isTTY, columns: 60, write: (more: string) => (text += more) };
	const progress = createProgress(200, output, () => clock);
	for (let done = 1; done <= 200; done++) {
		clock += 50;
		progress.at(done, `${done * 3} births`);
	}
	progress.end('ready');
	return text;
}

test('a terminal keeps one line up to date, with what remains', () => {
	const text = shown(true);
	expect(text.split('\n')).toHaveLength(2);
	expect(text.endsWith('ready\n')).toBe(true);
	const lines = text.split('\r').slice(1);
	expect(lines.length).toBeLessThan(110);
	expect(lines.every((line) => line.replace('\u001B[K', '').length < 60 || line.includes('ready'))).toBe(
		true
	);
	expect(text).toContain('101 of 200 files, 303 births, about 5 s left');
});

test('elsewhere a line is written at each tenth', () => {
	const lines = shown(false).trimEnd().split('\n');
	expect(lines).toHaveLength(11);
	expect(lines[4]).toBe(' 50 %  100 of 200 files, 300 births, about 5 s left');
});
