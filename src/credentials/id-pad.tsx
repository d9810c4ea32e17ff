import type { VNode } from 'preact';
import type { NationalIdWords } from './national-id-words.ts';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const digits = [...'1234567890'];

/**
 * The on-screen keys for a national ID: big letters A–Z and digits, so that nobody has to find the letter on a
 * keyboard or switch an input method (`practice.md` §6, no. 5). Shown only with script.
 */
export const IdPad = ({ words }: Readonly<{ words: NationalIdWords }>): VNode => (
  <fieldset class="id-pad" data-script hidden data-pad>
    <legend class="visually-hidden">{words.padLabel}</legend>
    <div class="pad-letters">
      {letters.map((letter) => (
        <button key={letter} type="button" data-key={letter}>
          {letter}
        </button>
      ))}
    </div>
    <div class="pad-digits">
      {digits.map((digit) => (
        <button key={digit} type="button" data-key={digit}>
          {digit}
        </button>
      ))}
      <button type="button" class="pad-word" data-key="delete" aria-label={words.padDeleteLabel}>
        {words.padDelete}
      </button>
      <button type="button" class="pad-word" data-key="clear">
        {words.padClear}
      </button>
    </div>
  </fieldset>
);
