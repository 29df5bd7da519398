/**
 * The time, by world. The bank's systems say what time it is with each answer and push (`Sandbox-Now`); where they do
 * not, it is the machine's.
 */

export const NOW_HEADER = "sandbox-now";

interface Sighting {
  readonly now: Date;
  readonly seenAtMs: number;
}

export class WorldClock {
  readonly #sightings = new Map<string, Sighting>();

  /** Keep the time that an answer told. The last answer wins even where it is earlier: a world may be made again. */
  note(world: string, header: string | null | undefined): void {
    const now = parseInstant(header);
    if (now) this.#sightings.set(world, { now, seenAtMs: performance.now() });
  }

  now(world: string): Date {
    return this.#sightings.get(world)?.now ?? new Date();
  }

  /** Return the later of a world's time and the one a push told, so that an old push cannot bring its own old time. */
  nowForPush(world: string, header: string | undefined): Date {
    const told = parseInstant(header);
    const known = this.#sightings.get(world)?.now;
    if (told && known) return told > known ? told : known;
    return told ?? known ?? new Date();
  }

  /** Return how long ago, in milliseconds, the world's time was last heard. */
  ageMs(world: string): number {
    const sighting = this.#sightings.get(world);
    return sighting ? performance.now() - sighting.seenAtMs : Infinity;
  }
}

export function parseInstant(text: string | null | undefined): Date | null {
  if (!text) return null;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

export function addSeconds(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
