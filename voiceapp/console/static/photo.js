// A photo is made small and plain before it is sent: 1600 pixels, JPEG, nothing else of the file,
// where and when it was taken among it.
"use strict";

const LONGEST = 1600;

async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  return new File([blob], "photo.jpg", { type: "image/jpeg" });
}

for (const input of document.querySelectorAll("input[data-shrink]")) {
  input.addEventListener("change", async () => {
    const form = input.form;
    const button = form.querySelector("button");
    if (!input.files.length) return;
    button.disabled = true;
    try {
      const kept = new DataTransfer();
      kept.items.add(await shrunk(input.files[0]));
      input.files = kept.files;
    } catch (error) {
      // No picture: the server says so.
    }
    button.disabled = false;
  });
}
