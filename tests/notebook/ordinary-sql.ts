/** SQL as statisticians write it, over the tables of sample-snapshot.ts; with what its first row is where that is short. */
export const ordinary: readonly { name: string; sql: string; first?: Record<string, unknown> }[] = [
	{ name: 'a whole table', sql: 'select * from unit' },
	{ name: 'FROM first', sql: "from unit select name where unit = '11001'", first: { name: 'BB Norr' } },
	{ name: 'values', sql: `values (1, 'a'), (2, 'b')`, first: { col0: 1, col1: 'a' } },
	{
		name: 'counting by group, with having',
		sql: `select region, sum(births) as n from cube_birth join unit using (unit)
			group by region having sum(births) > 10 order by region limit 1`,
		first: { region: 'Halland', n: 4146 }
	},
	{
		name: 'the period of the parameters',
		sql: `select sum(births) as births from cube_birth, parameter
			where cube_birth.unit = parameter.unit and birth_month between period_from and period_to`,
		first: { births: 633 }
	},
	{
		name: 'a share, with nothing for nothing',
		sql: `select round(sum(n_known) / nullif(sum(n_applicable), 0), 3) as share from cube_item where variable = 'none'`,
		first: { share: null }
	},
	{
		name: 'nothing divided by nothing has no value',
		sql: `select 0::double / 0 as nan, 1 / 0 as infinity, -1 / 0 as minus`,
		first: { nan: null, infinity: null, minus: null }
	},
	{
		name: 'group by all, order by all',
		sql: `select region, count(*) as n from unit group by all order by all limit 1`,
		first: { region: 'Halland', n: 1 }
	},
	{
		name: 'a running mean over windows',
		sql: `select birth_month, avg(births) over (partition by unit order by birth_month
			rows between 11 preceding and current row) as mean from cube_birth order by unit, birth_month`
	},
	{
		name: 'change since last year by lag',
		sql: `select *, births - lag(births) over (partition by unit order by year) as change
			from (select unit, year(birth_month) as year, sum(births) as births from cube_birth group by all) order by all`,
		first: { unit: '11001', year: 2024, births: 1518, change: null }
	},
	{
		name: 'ranks and quartiles by a named window',
		sql: `select unit, rank() over w, dense_rank() over w, ntile(4) over w, percent_rank() over w, cume_dist() over w
			from cube_birth window w as (order by births desc)`
	},
	{
		name: 'first and last value, nth value',
		sql: `select distinct unit, first_value(births) over w as first, last_value(births) over w as last,
			nth_value(births, 2) over w as second from cube_birth
			window w as (partition by unit order by birth_month rows between unbounded preceding and unbounded following)
			order by unit`,
		first: { unit: '11001', first: 88, last: 144, second: 95 }
	},
	{
		name: 'a range of time as a frame',
		sql: `select birth_month, sum(births) over (order by birth_month
			range between interval 1 year preceding and current row exclude current row) as before from cube_birth`
	},
	{
		name: 'QUALIFY keeps the newest',
		sql: `select unit, birth_month from cube_birth
			qualify row_number() over (partition by unit order by birth_month desc) = 1 order by unit`,
		first: { unit: '11001', birth_month: '2026-09-01' }
	},
	{
		name: 'quantiles',
		sql: `select quantile_cont(bw, 0.5) as median, quantile_cont(bw, [0.1, 0.9]) as ends, median(bw), mad(bw),
			quantile_disc(bw, 0.25), approx_quantile(bw, 0.5), mode(gestation_weeks) from birth`
	},
	{
		name: 'percentiles within a group',
		sql: `select unit, percentile_cont(0.5) within group (order by bw) as median from birth group by unit order by 1`
	},
	{
		name: 'regression',
		sql: `select regr_slope(bw, gestation_weeks), regr_intercept(bw, gestation_weeks), regr_r2(bw, gestation_weeks),
			corr(bw, gestation_weeks), covar_samp(bw, gestation_weeks), regr_count(bw, gestation_weeks) from birth`
	},
	{
		name: 'spread and shape',
		sql: `select stddev_samp(bw), stddev_pop(bw), var_samp(bw), skewness(bw), kurtosis(bw), sem(bw), entropy(unit)
			from birth`
	},
	{
		name: 'an interval after Wilson',
		sql: `with counts as (select 45.0 as k, 50.0 as n, 1.96 as z)
			select [(k + z ** 2 / 2 - z * sqrt(k * (n - k) / n + z ** 2 / 4)) / (n + z ** 2),
				(k + z ** 2 / 2 + z * sqrt(k * (n - k) / n + z ** 2 / 4)) / (n + z ** 2)] as interval from counts`
	},
	{
		name: 'FILTER',
		sql: `select count(*) filter (where smoking = 'yes') as yes, count(*) filter (where smoking is null) as missing,
			count(smoking) as known from birth`,
		first: { yes: 1000, missing: 1000, known: 2000 }
	},
	{
		name: 'CASE and coalesce',
		sql: `select case when bw < 2500 then 'low' when bw < 4000 then 'usual' else 'high' end as class,
			coalesce(smoking, 'not known') as smoking, count(*) as n from birth group by all order by all`
	},
	{
		name: 'PIVOT with its columns',
		sql: `pivot cube_birth on year(birth_month) in (2024, 2025) using sum(births) group by unit order by unit`,
		first: { unit: '11001', 2024: 1518, 2025: 1518 }
	},
	{
		name: 'PIVOT in a FROM',
		sql: `select * from (select unit, smoking, bw from birth) pivot (count(*) as n, avg(bw) as bw
			for smoking in ('yes', 'no') group by unit) order by unit`
	},
	{
		name: 'UNPIVOT',
		sql: `unpivot (select unit, births, deliveries from cube_birth limit 2) on births, deliveries into name what value n`
	},
	{
		name: 'common tables, one from another, materialized',
		sql: `with yearly as materialized (select unit, year(birth_month) as year, sum(births) as n from cube_birth group by all),
			mean as (select unit, avg(n) as mean from yearly where year < 2026 group by unit)
			select unit, round(mean) as mean from mean order by unit`,
		first: { unit: '11001', mean: 1518 }
	},
	{
		name: 'a common table under the name of the one it is made of',
		sql: `with birth as (select * from birth where bw < 2500) select count(*) as n from birth`,
		first: { n: 382 }
	},
	{
		name: 'a lateral join',
		sql: `select unit.unit, newest.birth_month from unit,
			lateral (select birth_month from cube_birth where cube_birth.unit = unit.unit order by 1 desc limit 1) as newest
			order by 1`,
		first: { unit: '11001', birth_month: '2026-09-01' }
	},
	{
		name: 'subqueries in SELECT, WHERE and HAVING',
		sql: `select unit, (select max(births) from cube_birth c where c.unit = unit.unit) as most from unit
			where exists (from cube_birth c where c.unit = unit.unit) and unit in (select unit from birth)
			and unit >= all (select min(unit) from unit) order by 1`,
		first: { unit: '11001', most: 165 }
	},
	{
		name: 'every kind of join',
		sql: `select count(*) as n from unit a left join birth b on a.region = b.smoking right join unit c on a.unit = c.unit
			full join unit d on d.unit = c.unit cross join (select 1) e semi join unit f on f.unit = a.unit`,
		first: { n: 3 }
	},
	{
		name: 'an anti join',
		sql: `select unit from unit anti join (select * from birth where bw > 9000) using (unit) order by unit`,
		first: { unit: '11001' }
	},
	{
		name: 'an ASOF join',
		sql: `select u.unit, c.birth_month from unit u asof join cube_birth c on u.unit = c.unit and u.opened + interval 36 year >= c.birth_month
			order by 1`,
		first: { unit: '11001', birth_month: '2026-01-01' }
	},
	{
		name: 'a positional join',
		sql: `select a, b from range(3) x(a) positional join range(10, 13) y(b)`,
		first: { a: 0, b: 10 }
	},
	{
		name: 'a calendar of months, with those that have nothing',
		sql: `select month::date as month, coalesce(sum(births), 0) as births
			from generate_series(timestamp '2026-08-01', timestamp '2026-12-01', interval 1 month) t(month)
			left join cube_birth on birth_month = month group by all order by month desc`,
		first: { month: '2026-12-01', births: 0 }
	},
	{
		name: 'moments at midnight are days',
		sql: `select date_trunc('quarter', birth_month) as quarter, birth_month + interval 1 month as next from cube_birth
			order by birth_month limit 1`,
		first: { quarter: '2024-01-01', next: '2024-02-01' }
	},
	{
		name: 'moments with hours are texts',
		sql: `select timestamp '2026-01-02 03:04:05' as moment`,
		first: { moment: '2026-01-02 03:04:05' }
	},
	{
		name: 'parts of days and their distances',
		sql: `select extract(year from d) as year, week(d) as week, dayname(d) as name, date_diff('day', date '2026-01-01', d) as days,
			strftime(d, '%Y-%m') as month, last_day(d) as last, isodow(d), make_date(2026, 1, 31),
			age(d, date '2020-01-01')::varchar from (select date '2026-02-03' as d)`
	},
	{
		name: 'unnest, with its place',
		sql: `select u.trend, u.place from (select unnest([0.9, null, 1.0]) as trend, generate_subscripts([1, 2, 3], 1) as place) u`,
		first: { trend: 0.9, place: 1 }
	},
	{
		name: 'lists for sparklines',
		sql: `select unit, list(births order by birth_month) as trend from cube_birth where birth_month < '2024-04-01'
			group by unit order by unit`,
		first: { unit: '11001', trend: [88, 95, 102] }
	},
	{
		name: 'functions over lists',
		sql: `select list_transform([1, 2, 3], lambda x: x * 2) as twice, [x for x in [1, 2, 3] if x > 1] as some,
			list_sum([1, 2]) as sum, list_sort([2, 1])[1] as least, len([1]) as n, list_filter([1, 2], x -> x > 1) as more`
	},
	{
		name: 'texts',
		sql: `select upper(name) as name, string_agg(region, ', ' order by region) over () as regions, left(name, 2) || '…' as short,
			replace(name, '&', 'och'), length(name), lpad(unit, 8, '0'), printf('%05.1f', 1.5), format('{:>8}', unit),
			trim(name), split_part(name, ' ', 2), name ilike 'bb%', starts_with(name, 'BB') from unit order by unit`
	},
	{
		name: 'regular expressions',
		sql: `select regexp_extract(name, '^BB (\\w+)', 1) as place from unit where regexp_matches(name, 'S.der') or name ~ 'BB V.*'
			or name similar to 'x%' order by unit`,
		first: { place: 'S' }
	},
	{
		name: 'grouping sets, with what they are',
		sql: `select region, status, count(*) as n, grouping(region, status) as level from unit
			group by grouping sets ((region), (status), ()) order by all`
	},
	{
		name: 'rollup and cube',
		sql: `select region, status, count(*) as n from unit group by rollup (region, status)
			union all select region, status, count(*) from unit group by cube (region, status)`
	},
	{
		name: 'set operations, by name too',
		sql: `(select unit from unit intersect select unit from birth except select '11003')
			union all by name select 1 as n, 'x' as unit order by unit limit 1`,
		first: { unit: '11001', n: null }
	},
	{
		name: 'DISTINCT ON',
		sql: `select distinct on (unit) unit, birth_month, births from cube_birth order by unit, births desc`
	},
	{
		name: 'a sample with its seed',
		sql: `select count(*) > 0 as is_any from birth using sample 50% (bernoulli, 42)`,
		first: { is_any: true }
	},
	{
		name: 'a sample of a table',
		sql: `select count(*) as n from (select * from birth tablesample reservoir(10 rows) repeatable (7))`,
		first: { n: 10 }
	},
	{ name: 'SUMMARIZE', sql: `summarize birth` },
	{ name: 'DESCRIBE', sql: `describe birth;` },
	{
		name: 'a comment, and an end',
		sql: `-- the units\nselect count(*) as n /* all */ from unit; -- three`,
		first: { n: 3 }
	},
	{
		name: 'columns by a pattern',
		sql: `select sum(columns('^n_')) from cube_item`
	},
	{
		name: 'all columns but some, and some made anew',
		sql: `select * exclude (opened, closed) replace (upper(region) as region) rename (status as state) from unit order by unit`,
		first: { unit: '11001', name: 'BB Norr', region: 'NORRBOTTEN', state: 'open' }
	},
	{
		name: 'wide whole numbers',
		sql: `select sum(births)::hugeint as n, 9007199254740991 as most, 9223372036854775807 as more from cube_birth`,
		first: { n: 12339, most: 9_007_199_254_740_991, more: 2 ** 63 }
	},
	{
		name: 'decimals and casts',
		sql: `select 1.25::decimal(9, 2) as d, '12'::integer as i, try_cast('x' as integer) as none, true as b, null as nothing,
			cast('2026-01-01' as date) as day`,
		first: { d: 1.25, i: 12, none: null, b: true, nothing: null, day: '2026-01-01' }
	},
	{
		name: 'structs and maps',
		sql: `select { 'a': 1, 'b': 'x' }.a as a, map { 'k': 2 }['k'] as k, struct_pack(x := 1).x as x`,
		first: { a: 1, k: 2, x: 1 }
	},
	{
		name: 'arg_max, any_value, histogram and counts of a kind',
		sql: `select arg_max(birth_month, births) as month, any_value(unit) as unit, approx_count_distinct(unit),
			count(distinct unit) as units, histogram(year(birth_month))::varchar, bool_and(is_due), max_by(unit, births) from cube_birth`
	},
	{
		name: 'standardised by a weight',
		sql: `select unit, sum(share * weight) / sum(weight) as standardised from (
			select unit, extract(month from birth_month) as stratum, sum(n_known) / sum(n_applicable) as share from cube_item group by all)
			join (select extract(month from birth_month) as stratum, sum(births) as weight from cube_birth group by all) using (stratum)
			group by unit order by unit`
	},
	{
		name: 'how many of the receipts within so many days',
		sql: `select days, sum(sum(n)) over (order by days) / sum(sum(n)) over () as within from receipt_day group by days order by days`
	},
	{
		name: 'a hundred columns added',
		sql: `select ${Array.from({ length: 100 }, (_, at) => `${at}`).join(' + ')} as n`,
		first: { n: 4950 }
	}
];
