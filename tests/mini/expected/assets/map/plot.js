var map_plot = L.map(
"map_plot",
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
L.control.scale().addTo(map_plot);
window.karakana.draw(map_plot);
