import { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { noblePrimitives, remembering } from './noble-primitives.browser.ts';
import { element, say, text } from './page-dom.browser.ts';
import { type CameraFault, isPicture, QrCamera, qrFromPicture } from './qr-scan.browser.ts';
import { showVerdict } from './receipt-verdict.browser.ts';
import { receiptWitnesses } from './receipt-witnesses.ts';
import type { Localised } from './sentences.ts';
import { currentTrust } from './trust-task.browser.ts';

const verdictBox = element('verdict', HTMLElement);
const status = element('reading', HTMLParagraphElement);
const cameraBox = element('camera', HTMLDivElement);
const pasted = element('pasted', HTMLTextAreaElement);
const camera = new QrCamera(element('video', HTMLVideoElement));

let current: string | Uint8Array | undefined;

const NO_CODE = text(
  '這張圖讀不出 QR 碼。收執的 QR 碼很密：請讓它占滿畫面、對準焦點、光線均勻，或改用收執檔案。',
  'No QR code could be read. The code of a receipt is dense: let it fill the picture, in focus and evenly lit; or use the receipt file.',
);

const CAMERA_FAULTS: Readonly<Record<CameraFault, Localised>> = {
  'camera-unavailable': text(
    '這裡不能用相機（有些瀏覽器不讓磁碟上的網頁使用相機）。請用手機或相機拍下 QR 碼，再選擇那張照片。',
    'The camera cannot be used here (some browsers keep it from pages opened from disk). Photograph the code and choose the picture instead.',
  ),
  'camera-refused': text(
    '沒有取得相機的使用許可。可以改為選擇 QR 碼的照片。',
    'The camera was not allowed. You can choose a picture of the code instead.',
  ),
  'camera-missing': text(
    '找不到相機。可以改為選擇 QR 碼的照片。',
    'No camera was found. You can choose a picture of the code instead.',
  ),
};

/** Checks the file at hand again, as after a change of keys. */
export function recheck(): void {
  if (current === undefined) return;
  const trust = currentTrust();
  const began = performance.now();
  const primitives = remembering(noblePrimitives);
  const verdict = checkReceipt(primitives, current, trust);
  const isIncluded = verdict.code === 'included';
  const witnesses = isIncluded ? receiptWitnesses(primitives, current, trust) : undefined;
  // For the benchmark: how long the check of the last file took in this browser.
  performance.clearMeasures('check');
  performance.measure('check', { start: began });
  showVerdict(verdict, witnesses);
}

function take(file: string | Uint8Array): void {
  current = file;
  recheck();
  verdictBox.focus();
}

/** Takes a receipt, a promise, or a picture of a receipt's QR code. */
export async function takeReceiptFile(file: Blob): Promise<void> {
  say(status);
  if (!isPicture(file)) {
    take(new Uint8Array(await file.slice(0, MAX_RECEIPT_BYTES + 1).arrayBuffer()));
    return;
  }
  // The verdict on the file before must not stand beside a picture that nobody could read.
  current = undefined;
  verdictBox.hidden = true;
  say(status, text('正在讀取圖中的 QR 碼……', 'Reading the QR code in the picture …'));
  const found = await qrFromPicture(file);
  say(status, found === undefined ? NO_CODE : undefined);
  if (found !== undefined) take(found);
}

/** Takes text from the clipboard: blanks round it are the clipboard's, and the last line end gets lost on the way. */
export function takeReceiptText(words: string): void {
  say(status);
  take(`${words.trim()}\n`);
}

async function scan(): Promise<void> {
  say(status);
  cameraBox.hidden = false;
  element('camera-stop', HTMLButtonElement).focus();
  const found = await camera.scan();
  cameraBox.hidden = true;
  if (found === undefined) element('camera-start', HTMLButtonElement).focus();
  else if (found in CAMERA_FAULTS) say(status, CAMERA_FAULTS[found as CameraFault]);
  else take(found);
}

/** Wires the first task: files, pasted text, camera. */
export function startReceiptTask(): void {
  const input = element('file', HTMLInputElement);
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void takeReceiptFile(file);
    input.value = '';
  });
  element('check-pasted', HTMLButtonElement).addEventListener('click', () => takeReceiptText(pasted.value));
  element('camera-start', HTMLButtonElement).addEventListener('click', () => void scan());
  element('camera-stop', HTMLButtonElement).addEventListener('click', () => camera.stop());
}

/** Lets go of the camera when the person turns to another task. */
export const leaveReceiptTask = (): void => camera.stop();
