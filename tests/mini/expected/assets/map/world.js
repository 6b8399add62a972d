var map_world = L.map(
"map_world",
{
center: [12.0, 15.0],
crs: L.CRS.EPSG3857,
...{
"zoom": 2,
"zoomControl": true,
"preferCanvas": true,
"minZoom": 1,
"maxZoom": 17,
"zoomSnap": 0.25,
}
}
);
L.control.scale().addTo(map_world);
window.karakana.draw(map_world);
