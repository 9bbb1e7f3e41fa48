import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOfArrow } from '#lib/notebook/arrow.ts';
import { openSandbox, type SnapshotFiles } from '#lib/server/notebook/sandbox.ts';
import { ordinary } from './ordinary-sql.ts';
import { parameter, sampleSnapshot } from './sample-snapshot.ts';
import { asking, resultOf } from './sandbox-asks.ts';

const sandbox = openSandbox({ memory: 300 });
let folder: string;
let snapshot: SnapshotFiles;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'ordinary-'));
	snapshot = await sampleSnapshot(folder);
});
afterAll(async () => {
	await sandbox.close();
	await rm(folder, { recursive: true });
});

test('there are at least 45 ordinary questions', () => {
	expect(ordinary.length).toBeGreaterThanOrEqual(45);
});

test.for(ordinary)('ordinary SQL is answered: $name', async ({ sql, first }) => {
	const [inspected] = await sandbox.inspect([sql]);
	expect(inspected).not.toHaveProperty('fault');
	const results = await sandbox.ask(asking({ a: sql }, snapshot, { parameter }));
	const result = resultOf(results);
	if ('fault' in result) throw new Error(result.fault);
	expect(result.isCut).toBe(false);
	const { rows, length } = rowsOfArrow(result.arrow);
	expect(length).toBe(result.rows);
	expect(length).toBeGreaterThan(0);
	if (first) expect(rows[0]).toEqual(first);
});
