import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { monthsLater } from '../../../packages/verify/src/legal-terms.ts';
import { PERIOD_SPECIMENS } from '../../../packages/verify/src/sample-periods.ts';
import { numbersFrom } from './mutate.ts';
import { havePython, runPython } from './python.ts';

const PROGRAM = `
import json, sys
from lianshu_audit.periods import months_later
from lianshu_audit.recount import Recount
asked = json.load(sys.stdin)
found = []
for record in asked["records"]:
    seen = []
    for case in ("9901", "D00001"):
        recount = Recount(case)
        for index, entry in enumerate(record):
            recount.take(index, entry.encode())
        seen += [[one["code"], one["entry"]] for one in recount.anomalies + recount.malformed]
    found.append(seen)
print(json.dumps({"found": found, "days": [months_later(day, 6) for day in asked["days"]]}))
`;

const draw = numbersFrom(12);
const days = Array.from({ length: 800 }, () =>
  new Date(Date.UTC(2019, 0, 1 + draw(6_000))).toISOString().slice(0, 10),
);
const written = (entries: readonly JsonValue[]) =>
  entries.map((entry) => new TextDecoder().decode(canonicalJson(entry)));

describe.skipIf(!havePython())('two implementations of the periods of signing', () => {
  it('find the same in every record in which a period begins, moves or ends, and count months alike', async () => {
    const records = PERIOD_SPECIMENS.map(([, entries]) => written(entries));
    const asked = JSON.stringify({ records, days });
    const told = JSON.parse((await runPython(['-c', PROGRAM], asked)).toString());
    expect(PERIOD_SPECIMENS.map(([name], i) => [name, told.found[i]])).toEqual(
      PERIOD_SPECIMENS.map(([name, , found]) => [name, found]),
    );
    expect(told.days).toEqual(days.map((day) => monthsLater(day, 6)));
  });
});
