"""The page (页面): a layout's template filled with a report; its elements, grids and texts."""
