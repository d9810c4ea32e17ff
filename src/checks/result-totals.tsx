import type { VNode } from 'preact';
import { VALUE_NAMES } from '../law/index.ts';
import { CHECK_REASONS, type CheckReason, type CheckResultBody, type Ground } from '../registry/index.ts';
import { formatNumber, type Language, TableScroll } from '../web/index.ts';
import { checksMessages } from './checks-messages.ts';

/** What the registry signed: totals, by ground, and of the reasons those that may be told. */
export const ResultTotals = ({
  language,
  body,
  least,
}: Readonly<{ language: Language; body: CheckResultBody; least: number }>): VNode => {
  const t = checksMessages(language);
  const { electronic } = body;
  const grounds = Object.entries(body.excluded) as readonly (readonly [Ground, number])[];
  const reasons = Object.entries(body.reasons) as readonly (readonly [CheckReason, number])[];
  const row = (name: string, all: number, ofThese: number | undefined, more: object = {}) => (
    <tr key={name} {...more}>
      <th scope="row">{name}</th>
      <td class="number">{formatNumber(all)}</td>
      <td class="number">{ofThese === undefined ? '–' : formatNumber(ofThese)}</td>
    </tr>
  );
  return (
    <>
      <TableScroll label={t.totals}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.reason}</th>
              <th scope="col" class="number">
                {t.count}
              </th>
              <th scope="col" class="number">
                {t.ofThese}
              </th>
            </tr>
          </thead>
          <tbody>
            {row(t.received, body.received, electronic.received)}
            {row(t.valid, body.valid, electronic.valid)}
            {row(t.excluded, body.received - body.valid, electronic.received - electronic.valid)}
            {grounds.flatMap(([ground, n]) => [
              row(VALUE_NAMES[ground]?.[language] ?? ground, n, electronic.excluded[ground] ?? 0, {
                'data-ground': ground,
              }),
              ...reasons
                .filter(([reason]) => CHECK_REASONS[reason].ground === ground)
                .map(([reason, of]) =>
                  row(`– ${CHECK_REASONS[reason].words[language]}`, of, undefined, { 'data-reason': reason }),
                ),
            ])}
          </tbody>
        </table>
      </TableScroll>
      {body.received === body.valid ? null : <p class="hint">{t.reasonsUntold(least)}</p>}
    </>
  );
};
