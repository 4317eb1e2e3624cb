//! Reading a QR code out of a picture, in the browser: the picture goes nowhere.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap};

/// Pictures are read at this width and height at most.
const LARGEST: f64 = 1600.0;

/// The text of the first QR code in a picture.
///
/// # Errors
/// What is wrong, for whoever dropped it.
pub(super) async fn read(file: File) -> Result<String, &'static str> {
    let (width, height, pixels) = grey(file).await.map_err(|_| "This file is no picture that the browser can read.")?;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let found = image.detect_grids().into_iter().find_map(|grid| grid.decode().ok());
    found.map(|(_, text)| text).ok_or("No QR code was found in this picture.")
}

/// The picture in shades of grey.
async fn grey(file: File) -> Result<(usize, usize, Vec<u8>), JsValue> {
    let bitmap: ImageBitmap = JsFuture::from(window().create_image_bitmap_with_blob(&file)?).await?.dyn_into()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LARGEST / width.max(height).max(1.0)).min(1.0);
    let (width, height) = ((width * scale).max(1.0).floor(), (height * scale).max(1.0).floor());
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    let (columns, rows) = (width as u32, height as u32);
    canvas.set_width(columns);
    canvas.set_height(rows);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into().map_err(JsValue::from)?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)?;
    let colours = context.get_image_data(0.0, 0.0, width, height)?.data();
    let shade = |pixel: &[u8]| match pixel {
        // What is transparent shows the page, which a code's white is part of.
        [red, green, blue, alpha] if *alpha > 127 => {
            u8::try_from((u16::from(*red) + u16::from(*green) + u16::from(*blue)) / 3).unwrap_or(u8::MAX)
        }
        _ => u8::MAX,
    };
    let pixels = colours.chunks(4).map(shade).collect();
    Ok((columns as usize, rows as usize, pixels))
}
