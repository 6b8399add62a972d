var map_form = L.map(
"map_form",
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
L.control.scale().addTo(map_form);
window.karakana.draw(map_form);
