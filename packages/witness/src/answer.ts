/** What goes back over HTTP. `code` is a word for the operator's log. */
export type Answer = Readonly<{ status: number; type: string; body: string; code: string }>;

/** An answer of one line of text. */
export const plain = (status: number, code: string, body: string): Answer => ({
  status,
  code,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** 409 with the size of the newest cosigned checkpoint, as c2sp.org/tlog-witness spells it. */
export const conflict = (size: number, code: string): Answer => ({
  status: 409,
  code,
  type: 'text/x.tlog.size',
  body: `${size}\n`,
});
