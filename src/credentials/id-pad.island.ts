/**
 * Makes the field of the national ID proof against input methods, and connects the on-screen keys. `changed` is
 * called with the folded value after every change.
 */
export const enhanceIdField = (
  field: HTMLInputElement,
  pad: HTMLElement,
  changed: (value: string) => void,
): void => {
  let kept = field.value;
  const set = (value: string): void => {
    kept = value
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .slice(0, 10);
    if (field.value !== kept) field.value = kept;
    changed(kept);
  };
  field.addEventListener('input', (event) => {
    if (!(event as InputEvent).isComposing) set(field.value);
  });
  field.addEventListener('compositionend', () => set(kept));
  // With a Bopomofo or Cangjie input method on, `key` is no letter, but `code` still names the key pressed.
  field.addEventListener('keydown', (event) => {
    const key = /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(event.code);
    if (key === null || event.ctrlKey || event.metaKey || event.altKey || /^[a-z0-9]$/i.test(event.key))
      return;
    event.preventDefault();
    set(kept + (key[1] || key[2]));
  });
  pad.addEventListener('click', (event) => {
    const key = (event.target as HTMLElement).dataset['key'];
    if (key === undefined) return;
    if (key === 'clear') set('');
    else set(key === 'delete' ? kept.slice(0, -1) : kept + key);
  });
};
