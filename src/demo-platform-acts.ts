import { INITIATIVE_KINDS } from './initiatives/index.ts';
import { type Db, inTransaction } from './platform/db/index.ts';
import { legalDateOf, systemClock, taipeiTimestamp } from './platform/time.ts';
import { type ActEntry, publicRecord } from './record/index.ts';
import { createSwitches, SWITCH_KIND } from './switches/index.ts';

/** In a demonstration electronic proposals are on, and everybody who looks sees that no provision allows it yet. */
const CITATION = '示範：尚無法規';

/** What the demonstration's Commission switched on and announced. Entered once, before any officer has a key. */
export async function seedPlatformActs(db: Db): Promise<void> {
  const record = publicRecord([...INITIATIVE_KINDS, SWITCH_KIND]);
  const today = legalDateOf(systemClock.nowMs());
  const known = await createSwitches({ db, record }).on('electronic-proposal', today);
  if (known.from !== undefined) return;
  const act = (kind: string, basis: string, body: ActEntry['body']): ActEntry => ({
    at: taipeiTimestamp(systemClock.nowMs()),
    basis,
    body,
    capacity: 'commission',
    kind,
    v: 1,
  });
  const article = '公民投票法 §9 VI';
  await inTransaction(db, (tx) =>
    record.appendMany(tx, [
      act('switch', '平台規則：示範', {
        name: 'electronic-proposal',
        state: 'on',
        from: today,
        status: 'demonstration',
        citation: CITATION,
      }),
      act('announcement', article, {
        on: today,
        title: {
          'zh-Hant-TW': '（示範）本系統開放電子提案',
          en: '(Demonstration) Electronic proposals are on in this system',
        },
        text: {
          'zh-Hant-TW':
            '此為示範公告，不具法律效力。電子提案之方式與開始日期應由主管機關公告；真實系統在公告前不會開放。',
          en: 'This is an announcement of a demonstration and has no legal effect. The authority announces manner and starting day of electronic proposals; a real system has them off until then.',
        },
        article,
      }),
    ]),
  );
}
