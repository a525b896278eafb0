// Made-up boundaries of the 26 former districts: a chequerboard somewhere in the province.

/** Codes of the districts of 30 June 2025; 383 and 405 were none by then. */
const codes = Array.from({ length: 28 }, (_, i) => 380 + i).filter((n) => n !== 383 && n !== 405);

/** Squares a row. */
const columns = 6;

/** @returns a GeoJSON FeatureCollection with the property `code` */
export function madeUpDistricts() {
  return {
    type: "FeatureCollection",
    features: codes.map((code, i) => ({
      type: "Feature",
      properties: { code: String(code) },
      geometry: { type: "Polygon", coordinates: [square(i % columns, Math.floor(i / columns))] },
    })),
  };
}

/**
 * @param {number} column
 * @param {number} row
 */
function square(column, row) {
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
  return corners.map(([x, y]) => [
    (1045 + 2 * (column + (x ?? 0))) / 10,
    (194 + 2 * (row + (y ?? 0))) / 10,
  ]);
}
