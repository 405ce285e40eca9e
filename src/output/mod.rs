//! The output of a site: views for templates, the pages' HTML, the derived JSON, and the state of
//! existing files.
//!
//! Not here: reading, and deciding what to build (`pipeline`).

pub mod about;
pub mod assets;
pub mod audit;
pub mod data;
pub mod diagrams;
pub mod files;
pub mod find;
pub mod graph_json;
pub mod index;
pub mod inputs;
pub mod linked;
pub mod links;
pub mod llms;
pub mod mark;
pub mod opensearch;
pub mod page_state;
pub mod parts;
pub mod previews;
pub mod published;
pub mod redirects;
pub mod render;
pub mod revise;
pub mod search_files;
pub mod search_texts;
pub mod shared;
pub mod site_style;
pub mod still;
pub mod tabs;
pub mod theme;
pub mod view;
pub mod viewer;
pub mod views;
pub mod words;
pub mod xml;
