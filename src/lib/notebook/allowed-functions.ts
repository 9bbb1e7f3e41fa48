/**
 * What SQL written by people may call, of all that DuckDB 1.5 has: what reckons with the values that it is given,
 * gives the same each time, and makes nothing much larger than them. Whatever is not named here is refused, so that a
 * later DuckDB's functions are refused until somebody has looked at them.
 */
const words = (list: string) => list.trim().split(/\s+/);

const operators = words(`
	+ - * / // % ^ ** | & ~ << >> @ || ~~ !~~ ~~* !~~* ~~~ ^@ && @> <@ like_escape not_like_escape ilike_escape
	not_ilike_escape
`);

const numbers = words(`
	abs acos acosh add asin asinh atan atan2 atanh bit_count cbrt ceil ceiling cos cosh cot degrees divide even exp
	factorial fdiv floor fmod gamma gcd greatest greatest_common_divisor hamming isfinite isinf isnan lcm least
	least_common_multiple lgamma ln log log10 log2 mod multiply nextafter pi pow power radians round round_even
	roundbankers sign signbit sin sinh sqrt subtract tan tanh trunc xor
`);

const texts = words(`
	array_to_string ascii bit_length char_length character_length chr concat concat_ws contains damerau_levenshtein
	editdist3 ends_with formatReadableSize hash instr jaccard jaro_similarity jaro_winkler_similarity lcase left
	left_grapheme length length_grapheme len levenshtein lower ltrim md5 mismatches nfc_normalize octet_length ord
	position prefix regexp_escape regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace
	regexp_split_to_array replace reverse right right_grapheme rtrim sha256 split split_part starts_with str_split
	str_split_regex string_split string_split_regex string_to_array strip_accents strlen strpos substr substring
	substring_grapheme suffix translate trim ucase unicode upper
`);

const days = words(`
	age century date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth
	dayofweek dayofyear days_in_month decade epoch epoch_ms epoch_us era hour isodow isoyear julian last_day make_date
	make_time make_timestamp microsecond millennium millisecond minute month monthname normalized_interval quarter
	second strftime strptime time_bucket timezone to_centuries to_days to_decades to_hours to_microseconds
	to_millennia to_milliseconds to_minutes to_months to_quarters to_seconds to_timestamp to_weeks to_years
	try_strptime week weekday weekofyear year yearweek
`);

const lists = words(`
	aggregate apply array_aggr array_aggregate array_append array_apply array_cat array_concat array_contains
	array_distinct array_extract array_filter array_has array_has_all array_has_any array_indexof array_intersect
	array_length array_pop_back array_pop_front array_position array_prepend array_push_back array_push_front
	array_reduce array_reverse array_reverse_sort array_select array_slice array_sort array_transform array_unique
	array_value array_where array_zip cardinality element_at equi_width_bins filter flatten generate_series
	generate_subscripts grade_up list_aggr list_aggregate list_any_value list_append list_apply list_avg list_bool_and
	list_bool_or list_cat list_concat list_contains list_count list_distinct list_dot_product list_element
	list_entropy list_extract list_filter list_first list_grade_up list_has list_has_all list_has_any list_histogram
	list_indexof list_inner_product list_intersect list_kurtosis list_kurtosis_pop list_last list_mad list_max
	list_median list_min list_mode list_pack list_position list_prepend list_product list_reduce list_reverse
	list_reverse_sort list_select list_sem list_skewness list_slice list_sort list_stddev_pop list_stddev_samp
	list_string_agg list_sum list_transform list_unique list_value list_var_pop list_var_samp list_where list_zip map
	map_concat map_contains map_entries map_extract map_extract_value map_from_entries map_keys map_values range
	reduce row struct_concat struct_contains struct_extract struct_extract_at struct_insert struct_keys struct_pack
	struct_update struct_values unnest unpivot_list
`);

const others = words(`constant_or_null if ifnull nullif switch typeof`);

const aggregates = words(`
	any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_max_nulls_last
	arg_min arg_min_null arg_min_nulls_last argmax argmin array_agg avg bit_and bit_or bit_xor bool_and bool_or corr
	count count_if count_star countif covar_pop covar_samp entropy favg first fsum geomean geometric_mean group_concat
	histogram histogram_exact kahan_sum kurtosis kurtosis_pop last list listagg mad max max_by mean median min min_by
	mode product quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
	regr_sxx regr_sxy regr_syy sem skewness stddev stddev_pop stddev_samp string_agg sum sum_no_overflow sumkahan
	var_pop var_samp variance wavg weighted_avg
`);

const windows = words(`
	cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number
`);

/** Functions whose answer may be far larger than what they are given: how much is said in the call, and checked. */
export const measuredFunctions: readonly string[] = words('repeat lpad rpad bar printf format');

/** Everything that may be called within an expression. */
export const allowedFunctions: ReadonlySet<string> = new Set(
	[
		...operators,
		...numbers,
		...texts,
		...days,
		...lists,
		...others,
		...aggregates,
		...windows,
		...measuredFunctions
	].map((name) => name.toLowerCase())
);

/** What may stand after FROM with parentheses. */
export const allowedTableFunctions: ReadonlySet<string> = new Set(
	words('range generate_series unnest generate_subscripts')
);

/** What a value may be cast to. */
export const allowedTypes: ReadonlySet<string> = new Set(
	words(`
	bool boolean logical tinyint smallint int int1 int2 int4 int8 int16 int32 int64 int128 integer bigint hugeint short
	long utinyint usmallint uinteger ubigint uhugeint uint8 uint16 uint32 uint64 uint128 oid decimal dec numeric float
	float4 float8 real double varchar char bpchar text string nvarchar date time timestamp datetime timestamp_s
	timestamp_ms timestamp_us timestamp_ns timestamptz timetz interval list array struct row map enum null
	sqlnull uuid any unknown unbound
	`).concat('timestamp with time zone', 'time with time zone', 'integer_literal', 'string_literal', '"null"')
);
