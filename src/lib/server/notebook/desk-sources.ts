import type { Scope } from '#lib/access/scope.ts';
import type { Arguments, Header } from '#lib/notebook/front-matter.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { Day } from '#lib/period/day.ts';
import type { Register } from '#lib/server/register/open.ts';
import { parameterTable, registerTable, roundTable, type RoundRow } from './desk-given.ts';
import { flagsTable } from './snapshot-flags.ts';

/** What the tables that are given to a notebook are made of. */
export type GivenFrom = {
	header: Header;
	values: Arguments;
	/** The tables of a source that is not the register. */
	given: Readonly<Record<string, Table>>;
	asOf: Day;
	entry: number;
	program: string;
	rounds: () => readonly RoundRow[];
};

/** The tables that are given to a notebook of the register beside its snapshot, of those that are asked for. */
const ofRegister = ['parameter', 'register', 'round', 'flag'] as const;

/** Which tables there are to be given, by name. Without parameters there is no table of them. */
export function givenNames({ header, given }: Pick<GivenFrom, 'header' | 'given'>): string[] {
	const names = header.source === 'register' ? ofRegister : ['parameter', ...Object.keys(given)];
	return names.filter((name) => name !== 'parameter' || Object.keys(header.parameters).length > 0);
}

/** The tables that are given, of those that are asked for: to judge all units takes time, and is left out otherwise. */
export async function givenFor(
	scope: Scope,
	register: Register,
	asked: ReadonlySet<string>,
	from: GivenFrom
): Promise<ReadonlyMap<string, Table>> {
	const tables = new Map<string, Table>();
	for (const name of givenNames(from)) {
		if (!asked.has(name)) continue;
		const table = await tableOf(name);
		if (table) tables.set(name, table);
	}
	return tables;

	function tableOf(name: string): Promise<Table> | Table | undefined {
		if (name === 'parameter') return parameterTable(from.header, from.values);
		if (from.header.source !== 'register') return from.given[name];
		if (name === 'register') return registerTable(register.definition, from);
		if (name === 'round') return roundTable(from.rounds());
		return flagsTable(scope, register, from.asOf);
	}
}
