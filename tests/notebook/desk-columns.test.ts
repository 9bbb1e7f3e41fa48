import { describe, expect, test } from 'vitest';
import { columnsAsked } from '#lib/server/notebook/desk-columns.ts';

const parameters = ['unit', 'variable', 'period_from', 'period_to'];

/** The parameters that a text is taken to depend on. */
function asked(sql: string): string[] | 'all' {
	const columns = columnsAsked(sql, 'parameter');
	return columns === 'all' ? columns : parameters.filter((name) => columns.has(name));
}

describe('a text that names what it takes depends on nothing else', () => {
	test.for<[string, string[]]>([
		['select sum(births) from cube_birth', []],
		["select 'parameter' as unit_name from x -- parameter.variable", []],
		['select (select period_from from parameter) as v from x', ['period_from']],
		['select * from cube_item where variable = (select variable from parameter)', ['variable']],
		[
			'select * from x where m between (select period_from from parameter) and (select period_to from parameter)',
			['period_from', 'period_to']
		],
		['select x.a, parameter.variable from x, parameter where x.b = 1', ['variable']],
		['select a * b, count(*), sum(a) * 2 from x join parameter on x.m >= period_from', ['period_from']],
		['select p.variable, (a) * b from x cross join parameter p where x.b > 0', ['variable']],
		['select p.variable from parameter as p', ['variable']],
		['with y as (select a, variable from x, parameter) select * from y', ['variable']],
		['select * from (select a from x, parameter where m = period_from)', ['period_from']],
		['select "variable" from parameter group by all order by all', ['variable']],
		['SELECT a FROM x\nCROSS JOIN Parameter\nWHERE Variable = 1', ['variable']]
	])('%s', ([sql, names]) => {
		expect(asked(sql)).toEqual(names);
	});
});

describe('a text that may take what it does not name depends on all', () => {
	test.for([
		'select * from parameter',
		'select x.a, * from x, parameter',
		'select parameter.* from x, parameter',
		'select p.* from parameter p',
		'select * exclude (unit) from parameter',
		'select distinct * from x cross join parameter',
		'select distinct on (a) * from parameter',
		'from parameter',
		'with y as (from parameter) select a from y',
		'select a from x union all from parameter',
		'select parameter from parameter',
		'select a, parameter from x, parameter',
		'select p from parameter p',
		'select to_json(p) from parameter as p',
		'select count(p) from parameter p',
		"select columns('v.*') from parameter",
		'select #1 from parameter',
		'select a from x natural join parameter',
		'select a from (select * from x, parameter)',
		'select a from x where exists (select * from parameter)',
		'summarize parameter'
	])('%s', (sql) => {
		expect(asked(sql)).toBe('all');
	});
});
