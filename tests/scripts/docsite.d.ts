// What the scripts find in a page that no other script declares.

/** What `assets/docsite.js` gives all others. */
interface Docsite {
  /** What the file `assets/docsite/<name>.js` gives; it is loaded once. */
  need(name: string, version?: string): Promise<any>;
  give(name: string, value: unknown): void;
  /** The address of a document's page. */
  href(name: string): string;
  /** Gives blocks that came later the buttons that others have. */
  dress(): void;
  readonly shared: Shared;
}

/** What the build writes at the head of `assets/docsite.js` (`src/output/shared.rs`). */
interface Shared {
  /** Of the catalogue, in the order of their tabs; not all have the filter. */
  views: { id: string; filtered: boolean; scripts: string[] }[];
  marks: { viz: number; deprecated: number; orphan: number };
  words: { viz: string; deprecated: string };
  forces: {
    distance: number;
    charge: number;
    distanceMin: number;
    x: number;
    y: number;
    velocityDecay: number;
  };
  radius: { least: number; growth: number; most: number };
  versionDigits: number;
  topicClass: string;
}

declare const docsite: Docsite;

interface Window {
  docsite: Docsite;
}

// The templates have the elements that a script asks for (`src/output/assets.rs` tests the ids), of
// kinds that their selectors do not say.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Element {
  closest(selectors: string): any;
}
interface Document {
  getElementById(id: string): any;
}
