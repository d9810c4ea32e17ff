import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages, renderPage } from '../web/index.ts';
import { wordsOfAct } from './act-words.ts';
import { CardStep } from './card-step.tsx';
import { NationalIdEntry } from './national-id-field.tsx';
import { SignElsewhere } from './sign-elsewhere.tsx';

const words = wordsOfAct(
  { 'zh-Hant-TW': '便條', en: 'note' },
  { 'zh-Hant-TW': [['連署', '寫便條']], en: [['joint signature', 'note']] },
);

const form = (language: (typeof languages)[number]): string =>
  renderPage(
    <form id="card">
      <NationalIdEntry language={language} words={words.nationalIdWords(language)} error={undefined} />
      <CardStep
        language={language}
        act={{ button: 'b', busySending: 's', failureTitle: 'f', failures: words.cardFailures }}
      />
      <SignElsewhere
        language={language}
        statement="甲"
        name="lianshu-note"
        error={undefined}
        words={{ elsewhereDownload: 'd', downloadStatement: 'd', uploadButton: 'u' }}
      />
    </form>,
  );

describe('a form with the card', () => {
  it.each(languages)('holds every element its island asks for, in %s', (language) => {
    const html = form(language);
    const island = readFileSync(new URL('./card-form.island.ts', import.meta.url), 'utf8');
    const asked = [
      ...[...island.matchAll(/\[(data-[a-z-]+)(?:="\w+")?\]/g)].map((match) => ` ${match[1]}`),
      ...[...island.matchAll(/'#([a-z-]+)'/g)].map((match) => ` id="${match[1]}"`),
      ...[...island.matchAll(/show\('([a-z]+)'/g)].map((match) => ` data-${match[1]}=`),
      ...[...island.matchAll(/press\('(\w+)'/g)].map((match) => ` data-button="${match[1]}"`),
      ...[...island.matchAll(/'(UI_\w+)'/g)].map((match) => ` data-failure-code="${match[1]}"`),
    ];
    expect(asked.length).toBeGreaterThan(20);
    for (const part of asked) expect(html, part).toContain(part);
  });

  it.each(languages)('has a button for what each failure asks to do, in %s', (language) => {
    const html = form(language);
    const buttons = [...html.matchAll(/data-button="(\w+)"/g)].map((match) => match[1]);
    for (const [, { act }] of words.cardFailures) expect([...buttons, 'none']).toContain(act);
  });

  it('gives the PIN field no name, so that no submission can carry it', () => {
    expect(/<input[^>]* id="pin"[^>]*>/.exec(form('en'))?.[0]).not.toContain(' name=');
  });
});
