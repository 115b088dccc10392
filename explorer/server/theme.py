"""Colours, type and spacing of the app in both themes: grey chrome, one accent."""

from __future__ import annotations

_SYSTEM_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif"
_CODE_FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace"

_SHARED: dict[str, object] = {
    "font": _SYSTEM_FONT,
    "headingFont": _SYSTEM_FONT,
    "codeFont": _CODE_FONT,
    "codeFontSize": "12.5px",
    "baseFontSize": 14,
    "headingFontSizes": ["22px", "15px", "14px", "14px", "14px", "14px"],
    "headingFontWeights": [600, 600, 600, 600, 600, 600],
    "baseRadius": "6px",
    "buttonRadius": "6px",
    "linkUnderline": False,
    "showWidgetBorder": True,
    "showSidebarBorder": True,
    "paddingTop": "0.5rem",
    "paddingBottom": "1rem",
}

_LIGHT = {
    "primaryColor": "#1F6FEB",
    "backgroundColor": "#FFFFFF",
    "secondaryBackgroundColor": "#F5F6F8",
    "codeBackgroundColor": "#F5F6F8",
    "textColor": "#1B1F24",
    "codeTextColor": "#1B1F24",
    "linkColor": "#1B62D1",
    "borderColor": "#DFE2E6",
    "grayColor": "#5B6573",
    "grayTextColor": "#5B6573",
}
_DARK = {
    "primaryColor": "#4C9AFF",
    "backgroundColor": "#111418",
    "secondaryBackgroundColor": "#1A1E24",
    "codeBackgroundColor": "#1A1E24",
    "textColor": "#E4E7EB",
    "codeTextColor": "#E4E7EB",
    "linkColor": "#7AB4FF",
    "borderColor": "#2A3038",
    "grayColor": "#98A2B3",
    "grayTextColor": "#98A2B3",
}
_SIDEBAR = {
    "light": {"backgroundColor": "#F5F6F8", "secondaryBackgroundColor": "#FFFFFF", "borderColor": "#DFE2E6"},
    "dark": {"backgroundColor": "#0D1013", "secondaryBackgroundColor": "#1A1E24", "borderColor": "#2A3038"},
}


def theme_options() -> dict[str, object]:
    """Streamlit's theme options by their dotted name; with both variants set the browser follows the system."""
    options: dict[str, object] = {f"theme.{name}": value for name, value in _SHARED.items()}
    for variant, colours in (("light", _LIGHT), ("dark", _DARK)):
        options |= {f"theme.{variant}.{name}": value for name, value in colours.items()}
        options |= {f"theme.{variant}.sidebar.{name}": value for name, value in _SIDEBAR[variant].items()}
    return options
