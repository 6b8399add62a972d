// A picture in; the texts of the QR codes in it out, where the browser reads codes (BarcodeDetector, no standard yet).

interface Reader {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface Readers {
  new (options: { formats: string[] }): Reader;
  getSupportedFormats(): Promise<string[]>;
}

const KIND = "qr_code";

/** Return what reads codes; undefined where the browser does not. */
export async function detector(): Promise<Reader | undefined> {
  const { BarcodeDetector: readers } = globalThis as unknown as { BarcodeDetector?: Readers };
  try {
    return readers !== undefined && (await readers.getSupportedFormats()).includes(KIND) ? new readers({ formats: [KIND] }) : undefined;
  } catch {
    return undefined; // the device has no part that does it
  }
}

/** Return the texts of the codes in a picture. */
export async function codeIn(reader: Reader, picture: ImageBitmapSource): Promise<string[]> {
  return (await reader.detect(picture)).map(({ rawValue }) => rawValue);
}

/** The camera, from when somebody asks for it until a code is read or somebody stops it. */
export class Camera {
  private stream: MediaStream | undefined;
  private isWanted = false;

  constructor(private readonly reader: Reader, private readonly video: HTMLVideoElement) {
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
  }

  /** Show what the camera sees, and give each text that is read until `isEnough`. Rejects when there is no camera. */
  async start(isEnough: (text: string) => boolean): Promise<void> {
    this.isWanted = true;
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    if (!this.isWanted) return ended(stream); // stopped while the visitor was asked
    this.stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    while (this.stream === stream) {
      const texts = await codeIn(this.reader, this.video).catch(() => []);
      if (texts.some(isEnough)) break;
      await new Promise((again) => setTimeout(again, 120));
    }
    this.stop();
  }

  stop(): void {
    this.isWanted = false;
    ended(this.stream);
    this.stream = undefined;
    this.video.srcObject = null;
  }
}

function ended(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
