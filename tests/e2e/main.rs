//! The built page in a real browser, as a visitor meets it; one module for each behaviour.
//!
//! `cargo xtask test e2e` builds the page and provides the browser.

mod accessibility;
mod adversary;
mod browsers;
mod contract;
mod duty;
mod faults;
mod focus;
mod hidden;
mod hosting;
mod keyboard;
mod lab;
mod languages;
mod lessons;
mod log;
mod longer;
mod menu;
mod motion;
mod narrow;
mod network;
mod panic;
mod pictures;
mod practice;
mod presenting;
mod ring;
mod rules;
mod safety;
mod scenarios;
mod screens;
mod servers;
mod sharing;
mod speech;
mod stage;
mod starting;
mod steps;
mod tasks;
mod terminals;
mod themes;
mod timeline;
mod toolbar;
mod touch;
mod transport;
mod walk;
mod what_if;
mod why;
