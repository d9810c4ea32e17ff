/** A house with two officers at work: what they enter has its place in the log before anybody looks. */
import { startPlatform, type TestPlatform } from '../platform.ts';
import { fileCase, newOfficer, type TestOfficer, TICKED } from './office.ts';

const DAY_MS = 86_400_000;
const dayOf = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);

export class TestDesk {
  readonly platform: TestPlatform;
  readonly shufen: TestOfficer;
  readonly guoqiang: TestOfficer;
  #nextCase = 9500;

  private constructor(platform: TestPlatform, shufen: TestOfficer, guoqiang: TestOfficer) {
    this.platform = platform;
    this.shufen = shufen;
    this.guoqiang = guoqiang;
  }

  static async open(): Promise<TestDesk> {
    const platform = await startPlatform({
      surfaces: ['sequencer', 'public', 'office'],
      env: { LIANSHU_OFFICE_PORT: '0' },
    });
    const desk = new TestDesk(
      platform,
      await newOfficer(platform, { label: '承辦甲' }),
      await newOfficer(platform, { label: '承辦乙' }),
    );
    await desk.signInBoth();
    return desk;
  }

  /** Again after the clock was moved: sessions idle out. */
  async signInBoth(): Promise<void> {
    for (const officer of [this.shufen, this.guoqiang]) await officer.signIn();
  }

  /** A legal day, so many days from today. */
  day(days = 0): string {
    return dayOf(this.platform.clock.nowMs() + days * DAY_MS);
  }

  /** A case as it was just filed; its number. */
  async newCase(): Promise<string> {
    const caseNumber = String(this.#nextCase++);
    await fileCase(this.platform, caseNumber);
    return caseNumber;
  }

  /** A public page. */
  async read(path: string): Promise<Readonly<{ status: number; text: string }>> {
    const response = await fetch(`${this.platform.url}${path}`);
    return { status: response.status, text: await response.text() };
  }

  /** Prepares, signs, approves, and waits for the entry's index. */
  async enter(of: string, kind: string, fields: Readonly<Record<string, string>>): Promise<number> {
    const id = await this.shufen.prepare(of, kind, fields);
    for (const officer of [this.shufen, this.guoqiang]) {
      const page = await officer.sign(id);
      if (page.status !== 303) throw new Error(`${kind}: ${page.status} ${page.code ?? page.html}`);
    }
    const { pool } = this.platform.database;
    for (let tries = 0; tries < 400; tries++) {
      const { rows } = await pool.query<{ seq: string | null }>(
        'select e.seq from proposed_action a join entry e on e.id = a.entry_id where a.id = $1',
        [id],
      );
      const seq = rows[0]?.seq ?? undefined;
      if (seq !== undefined) return Number(seq);
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`${kind} was given no index`);
  }

  /** What the desk answers to a form that is not right: its status, and the law's code where the law refuses. */
  async refusal(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<Readonly<{ status: number; law: string | undefined; html: string }>> {
    const page = await this.shufen.browser.post(path, { ...TICKED, ...fields });
    return { status: page.status, law: /data-law="([\w-]+)"/.exec(page.html)?.[1], html: page.html };
  }
}
