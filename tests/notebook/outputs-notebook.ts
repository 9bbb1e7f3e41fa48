/** A notebook whose numbers are of every kind: counts, shares, days, texts, lists, and rows more than a page. */
export const outputsNotebook = `---
title: { sv: Prov av filer, en: Files tried }
subtitle: { sv: 'Födda {parameter.period | months}', en: 'Born {parameter.period | months}' }
parameters:
  period: { type: period, label: { sv: Födda, en: Born }, default: '2026-01..2026-09' }
  least: { type: number, label: { sv: Minst, en: At least }, default: '0' }
definitions:
  - { term: { sv: I tid, en: On time }, meaning: { sv: Inom en månad., en: Within a month. } }
---

{total.births | count} {total.share | share}

\`\`\`sql total
select sum(births) as births, sum(births) / (select sum(births) from cube_birth) as share from by_unit
\`\`\`

\`\`\`sql by_unit
select c.unit, u.name, sum(c.births) as births, sum(c.on_time) / sum(c.births) as on_time,
	sum(c.births) / 7 as week, max(c.birth_month) as last_month, sum(c.births) > 140 as is_large,
	list(c.births::double order by c.birth_month) as months
from cube_birth c join unit u on u.unit = c.unit, parameter
where c.birth_month between parameter.period_from and parameter.period_to and c.births >= parameter.least
group by all order by births desc, c.unit
\`\`\`

\`\`\`table
from: by_unit
title: { sv: Enheterna, en: The units }
columns:
  - { column: name, label: { sv: Enhet, en: Unit } }
  - { column: births, label: { sv: Födslar, en: Births }, format: count }
  - { column: on_time, label: { sv: I tid, en: On time }, format: share 2 }
  - { column: week, label: { sv: I veckan, en: A week }, format: number 3 }
  - { column: last_month, label: { sv: Till och med, en: Up to }, format: day }
\`\`\`
`;
