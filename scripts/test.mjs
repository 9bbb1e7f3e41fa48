// @ts-check
/**
 * `npm test`: installs what is missing, then runs every check there is, each to its end even when one before it
 * failed, and adds them up. The last line is `N passed, N failed`. Runs on Node 20 without any package.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installChromium } from './chromium.mjs';
import { install, root, run } from './install.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ name: string, args: string[], tally?: () => Tally }} Step
 */

process.chdir(root);
const reports = mkdtempSync(join(tmpdir(), 'bortfall-test-'));
const unitReport = join(reports, 'vitest.json');
const browserReport = join(reports, 'playwright.json');
process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = browserReport;
process.env.CI ??= 'true';

/** @type {Step[]} */
const steps = [
	{ name: 'messages', args: ['scripts/messages.ts'] },
	{ name: 'sync', args: ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'] },
	{
		name: 'types',
		args: ['node_modules/svelte-check/bin/svelte-check', '--fail-on-warnings', '--output', 'human']
	},
	{ name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
	{ name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
	{
		name: 'unit tests',
		args: [
			'node_modules/vitest/vitest.mjs',
			'run',
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${unitReport}`
		],
		tally: () => ofVitest(read(unitReport))
	},
	{ name: 'build', args: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'] },
	{
		name: 'end-to-end tests',
		args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line,json'],
		tally: () => ofPlaywright(read(browserReport))
	}
];

try {
	install();
	installChromium();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	rmSync(reports, { recursive: true, force: true });
	console.log('0 passed, 1 failed');
	process.exit(1);
}

/** @type {{ name: string, seconds: number, tally: Tally }[]} */
const results = [];
for (const { name, args, tally } of steps) {
	console.log(`\n── ${name}`);
	const started = performance.now();
	const code = await run(args, ['ignore', 'inherit', 'inherit']);
	results.push({ name, seconds: (performance.now() - started) / 1000, tally: judge(code, tally) });
}
rmSync(reports, { recursive: true, force: true });

console.log('');
for (const { name, seconds, tally } of results)
	console.log(
		`${tally.failed ? '✗' : '✓'} ${name.padEnd(18)}${seconds.toFixed(1).padStart(7)} s   ${tally.passed} of ${tally.passed + tally.failed}`
	);
const total = results.reduce((sum, { tally }) => plus(sum, tally), { passed: 0, failed: 0, skipped: 0 });
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${words(total)}`);

/**
 * What a step adds. A runner that fails without a failed test (it crashed, or found no tests) counts as one failure.
 *
 * @param {number} code
 * @param {(() => Tally) | undefined} tally
 * @returns {Tally}
 */
function judge(code, tally) {
	if (!tally) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
	const counted = tally();
	const crashed = (code !== 0 && counted.failed === 0) || counted.passed + counted.failed === 0;
	return crashed ? { ...counted, failed: counted.failed + 1 } : counted;
}

/** @param {string} file */
function read(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * A test file that does not even load holds no tests, and is one failure.
 *
 * @param {any} report Vitest's JSON
 * @returns {Tally}
 */
function ofVitest(report) {
	const broken = (report?.testResults ?? []).filter(
		(/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0
	);
	return {
		passed: report?.numPassedTests ?? 0,
		failed: (report?.numFailedTests ?? 0) + broken.length,
		skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
	};
}

/**
 * @param {any} report Playwright's JSON
 * @returns {Tally}
 */
function ofPlaywright(report) {
	const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
	return { passed: expected + flaky, failed: unexpected, skipped };
}

/**
 * @param {Tally} a
 * @param {Tally} b
 * @returns {Tally}
 */
function plus(a, b) {
	return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** @param {Tally} tally */
function words({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
