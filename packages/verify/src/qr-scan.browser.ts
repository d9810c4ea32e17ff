import { readQr, sizesToTry } from './qr-reading.ts';

/** Largest picture opened: more than any telephone makes. */
const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** Bounds the search at each size of a picture, and in one frame of the camera; milliseconds. */
const PICTURE_LIMIT_MS = 1_200;
const FRAME_LIMIT_MS = 60;
const FRAME_EVERY_MS = 120;

export const isPicture = (file: Blob): boolean => file.type.startsWith('image/');

const nextFrame = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

function pixelsOf(source: CanvasImageSource, width: number, height: number): ImageData | undefined {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.imageSmoothingQuality = 'high';
  // A picture with a transparent ground would come out black on black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** The text of the QR code in a picture, tried at several sizes; undefined if none can be read. */
export async function qrFromPicture(file: Blob): Promise<string | undefined> {
  if (file.size > MAX_PICTURE_BYTES) return undefined;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  try {
    for (const size of sizesToTry(bitmap.width, bitmap.height)) {
      const scale = size / Math.max(bitmap.width, bitmap.height);
      const [width, height] = [bitmap.width, bitmap.height].map((side) =>
        Math.max(1, Math.round(side * scale)),
      );
      const pixels = pixelsOf(bitmap, width ?? 1, height ?? 1);
      const found = pixels && readQr(pixels, PICTURE_LIMIT_MS);
      if (found !== undefined) return found;
      await nextFrame();
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

/** Why the camera cannot be used: no way to it (often a page from disk), not allowed, or none there. */
export type CameraFault = 'camera-unavailable' | 'camera-refused' | 'camera-missing';

function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera-refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError'
    ? 'camera-missing'
    : 'camera-unavailable';
}

/** Reads frames of the camera until one holds a QR code. One at a time; {@link stop} lets go of the camera. */
export class QrCamera {
  readonly #video: HTMLVideoElement;
  #run = 0;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
  }

  /** Resolves with the code's text, undefined when stopped, or why there is no picture. */
  async scan(): Promise<string | CameraFault | undefined> {
    this.stop();
    const run = ++this.#run;
    let stream: MediaStream;
    try {
      // A dense code needs four pixels a module: the most that the camera gives, from the side away from the person.
      const video = { facingMode: 'environment', width: { ideal: 3_840 }, height: { ideal: 2_160 } };
      stream = await navigator.mediaDevices.getUserMedia({ video });
    } catch (error) {
      return faultOf(error);
    }
    if (run !== this.#run) {
      for (const track of stream.getTracks()) track.stop();
      return undefined;
    }
    this.#video.srcObject = stream;
    await this.#video.play().catch(() => undefined);
    while (run === this.#run) {
      const { videoWidth, videoHeight } = this.#video;
      const pixels = videoWidth > 0 ? pixelsOf(this.#video, videoWidth, videoHeight) : undefined;
      const found = pixels && readQr(pixels, FRAME_LIMIT_MS);
      if (found !== undefined) {
        this.stop();
        return found;
      }
      await new Promise((done) => setTimeout(done, FRAME_EVERY_MS));
    }
    return undefined;
  }

  stop(): void {
    this.#run++;
    const stream = this.#video.srcObject;
    if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
    this.#video.srcObject = null;
  }
}
