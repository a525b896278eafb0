// Below which size a count is small (docs/TABLES.md, "How levels were chosen").

export const threshold = 5;
export const denunciationThreshold = 10;

/** The least count other than zero that may be shown. @param {string} kind */
export function leastShown(kind) {
  return kind === "denunciation" ? denunciationThreshold : threshold;
}
