// Two points in; the distance between them in kilometres out: haversine, as in generator/units.py.
const RADIUS_KM = 6371.0088;
const RADIAN = Math.PI / 180;

/** Return the great-circle distance between two points in degrees. */
export function distance(y: number, x: number, otherY: number, otherX: number): number {
  const a = Math.sin(((otherY - y) * RADIAN) / 2) ** 2;
  const b = Math.sin(((otherX - x) * RADIAN) / 2) ** 2;
  return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a + Math.cos(y * RADIAN) * Math.cos(otherY * RADIAN) * b)));
}
