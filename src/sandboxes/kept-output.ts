/** The beginning and the end of a stream; the middle is dropped as it passes, so that it costs no memory. */
export class KeptOutput {
  readonly #half: number;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #bytes = 0;

  constructor(keptBytes: number) {
    this.#half = Math.ceil(keptBytes / 2);
  }

  push(chunk: Buffer): void {
    const free = this.#half - this.#head.length;
    if (free > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, free)]);
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(Math.max(free, 0))]).subarray(-this.#half);
    this.#bytes += chunk.length;
  }

  text(): string {
    const cut = this.#bytes - this.#head.length - this.#tail.length;
    if (cut === 0) return Buffer.concat([this.#head, this.#tail]).toString();
    return `${this.#head}\n[... ${cut} bytes cut ...]\n${this.#tail}`;
  }
}
