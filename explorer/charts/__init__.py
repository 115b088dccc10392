"""Tables to Plotly figures. No Streamlit here."""
