import type { ComponentChildren, VNode } from 'preact';
import { TableScroll } from './parts.tsx';

/** A column's head; a column of numbers stands at the right. */
export type Column = string | Readonly<{ number: string }>;

export type Row = Readonly<{
  key: string | number;
  head: ComponentChildren;
  /** As many as there are columns after the first. */
  cells: readonly ComponentChildren[];
  /** Marks for tests and styles: `data-` and the name. */
  data?: Readonly<Record<`data-${string}`, string | number>>;
}>;

/** A table of rows that each have a head: named, scrolled by keyboard where it is wider than the screen. */
export const DataTable = ({
  label,
  columns,
  rows,
  data,
}: Readonly<{
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  data?: Row['data'];
}>): VNode => {
  const textOf = (column: Column) => (typeof column === 'string' ? column : column.number);
  const classOf = (column: Column | undefined) => (typeof column === 'object' ? 'number' : undefined);
  return (
    <TableScroll label={label}>
      <table {...data}>
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={textOf(column)} scope="col" class={classOf(column)}>
                {textOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} {...row.data}>
              <th scope="row">{row.head}</th>
              {row.cells.map((cell, i) => (
                <td key={i} class={classOf(columns[i + 1])}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
};
